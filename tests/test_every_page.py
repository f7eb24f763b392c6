"""Every page of the demonstration as each role sees it: no murmur, no overflow, axe finds nothing.

A page is looked at in both languages, by day and by night, on a desk, on a phone and on paper; a
kind of page that several roles see is examined with the first of them. Pictures are kept.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browsing import (
    AXE,
    CHROMIUM,
    SHOTS,
    SIZES,
    Site,
    data_of,
    findings,
    links_on,
    load_axe,
    shape_of,
    signed_in,
    untranslated,
)

ROLES = ("lijing", "zhoumin", "qingshan", "shuji", "ziran.rd", "admin")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="没有安装 axe-core，请运行 npm ci"),
]

_examined: set[str] = set()


@pytest.fixture(scope="module")
def data(site: Site) -> str:
    return data_of(site)


@pytest.mark.parametrize("account", ROLES)
def test_every_page_is_whole_for_everybody(browser: Browser, site: Site, data: str, account: str):
    page, english = (signed_in(browser, site, account, language=one) for one in ("zh", "en"))
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(f"{page.url} {m.text}") if m.type in LOUD else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url} {error}"))

    for link in _pages(page, site):
        shape = shape_of(link)
        wrong += [f"{shape} {found}" for found in _examine(page, f"{account}-{shape}")]
        english.goto(link)
        wrong += [f"{shape} in Chinese: {text}" for text in untranslated(english, data)]
        english.screenshot(path=SHOTS / f"{account}-{shape}-english.png")

    assert wrong == []
    page.context.close()
    english.context.close()


LOUD = {"error", "warning"}


def _pages(page: Page, site: Site) -> Iterator[str]:
    """One page of each kind that can be reached from the first and that nobody has examined yet."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.goto(f"{site}/")
    doors = [f"{site}/", *links_on(page)]
    waiting, known = list(doors), {""}
    while waiting:
        link = waiting.pop(0)
        shape = shape_of(link)
        if shape in known or (shape in _examined and link not in doors):
            continue
        known.add(shape)
        if _opens(page, link):
            waiting += links_on(page)
            if shape not in _examined:
                _examined.add(shape)
                yield link


def _opens(page: Page, link: str) -> bool:
    """Whether it is a page and no file; what a role is led to is there for it."""
    try:
        answer = page.goto(link)
    except Error as error:
        if "Download is starting" in str(error):
            return False
        raise
    assert answer is not None
    assert answer.status == 200, link
    return True


def _examine(page: Page, name: str) -> Iterator[str]:
    """The page on a desk, on a phone, by night and on paper."""
    load_axe(page)
    yield from _looked_at(page, f"{name}-desktop")
    page.set_viewport_size(SIZES["phone"])
    yield from _looked_at(page, f"{name}-phone", "target-size", "scrollable-region-focusable")
    page.set_viewport_size(SIZES["desktop"])
    page.emulate_media(color_scheme="dark")
    yield from _looked_at(page, f"{name}-dark", "color-contrast")
    page.emulate_media(media="print", color_scheme="light")
    page.screenshot(path=SHOTS / f"{name}-print.png")
    page.emulate_media(media="screen")


def _looked_at(page: Page, name: str, *rules: str) -> Iterator[str]:
    overflow = page.evaluate(OVERFLOW)
    if overflow > 0:
        yield f"{name} 宽出 {overflow} 像素"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # the foot of a list lies below it
    yield from (f"{name} {found}" for found in findings(page, *rules))
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=SHOTS / f"{name}.png")
