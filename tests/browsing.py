"""What tests with a browser share: signing in, following links, axe, what is left in Chinese."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
PASSWORD = "qinghe-demo-2026"
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1320, "height": 860},
    "phone": {"width": 390, "height": 844},
}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SHOTS = Path(os.environ.get("YIPANQI_SCREENSHOTS", ROOT / "var" / "screenshots"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HAN = re.compile(r"[\u4e00-\u9fff]+")

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LEFT_IN_CHINESE = """() => {
  const han = /[\\u4e00-\\u9fff]/, found = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.parentElement.closest("[lang^=zh], script, textarea")) found.push(node.data.trim());
  }
  for (const each of document.querySelectorAll("[aria-label], [title], [placeholder], [data-label]"))
    if (!each.closest("[lang^=zh]"))
      for (const name of ["aria-label", "title", "placeholder", "data-label"])
        found.push(each.getAttribute(name) || "");
  return found.filter(text => han.test(text));
}"""
"""Texts and labels with Chinese characters that are not marked as Chinese."""


@dataclass(frozen=True)
class Site:
    """Where the demonstration is served, and where its data lie."""

    address: str
    kept: Path

    def __str__(self) -> str:
        return self.address


def signed_in(
    browser: Browser,
    site: Site,
    account: str,
    size: str = "desktop",
    *,
    script: bool = True,
    language: str = "zh",
) -> Page:
    """A page of somebody who has signed in."""
    context = browser.new_context(
        viewport=SIZES[size],
        locale=LANGUAGES[language],
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile("/(?!accounts)"))
    return page


def shape_of(link: str) -> str:
    """The name of the page that an address leads to; empty for what is no page."""
    try:
        return resolve(urlsplit(link).path).url_name or ""
    except Resolver404:
        return ""


def links_on(page: Page) -> list[str]:
    """Every address of the site that the page leads to."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    here = page.url.split("/", 3)[2]
    return [link.partition("#")[0] for link in found if urlsplit(link).netloc == here]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def load_axe(page: Page) -> None:
    """Bring axe into the page, past the content security policy."""
    page.evaluate(f"{_axe()};0")


def findings(page: Page, *rules: str) -> Iterator[str]:
    """What axe finds against WCAG 2.2 AA: the rule, the element, what is wrong."""
    wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": WCAG}
    options = {"runOnly": wanted, "resultTypes": ["violations"]}
    for found in page.evaluate("options => axe.run(options).then(r => r.violations)", options):
        for node in found["nodes"]:
            yield f"{found['id']} {node['target'][0]} {node['html'][:120]}"


def data_of(site: Site) -> str:
    """Every text that the demonstration holds as data: rows, definitions, methods."""
    base = sqlite3.connect(f"file:{site.kept / 'yipanqi.sqlite3'}?mode=ro", uri=True)
    tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    texts = [str(row) for (table,) in tables for row in base.execute(f"SELECT * FROM {table}")]
    base.close()
    pages = [*(ROOT / "places").rglob("*.yaml"), *(ROOT / "methods").rglob("*.yaml")]
    return "\n".join([*texts, *(page.read_text(encoding="utf-8") for page in pages)])


def untranslated(page: Page, data: str) -> list[str]:
    """Chinese on an English page that is neither marked as Chinese nor somebody's data."""
    texts = page.evaluate(LEFT_IN_CHINESE)
    return [text for text in texts if any(run not in data for run in HAN.findall(text))]
