"""Every icon that a page names is on the one sheet."""

import re
from pathlib import Path

import yipanqi
from yipanqi.cli.assets import ICONS
from yipanqi.standing.shell import NAV

ROOT = Path(yipanqi.__file__).parent
NAMED = re.compile(r'{% icon "([^"]+)" %}')


def test_every_icon_that_a_page_names_is_on_the_sheet():
    pages = [page.read_text(encoding="utf-8") for page in ROOT.rglob("templates/**/*.html")]
    named = {name for page in pages for name in NAMED.findall(page)}
    named |= {way.icon for _, ways in NAV for way in ways}

    assert named - set(ICONS) == set()


def test_no_page_styles_or_scripts_within_itself():
    for page in ROOT.rglob("templates/**/*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on", text), page
        assert not re.search(r"<script(?![^>]*src=)", text), page
