"""The demo county in a real browser, desktop and phone: every page of every role, and one story."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
PASSWORD = "qinghe-demo-2026"
ROLES = ("shuji", "qingshan", "zhoumin", "lijing", "ziran.rd", "admin")
SIZES = {"desktop": (1320, 860), "phone": (390, 844)}
SHOTS = Path(os.environ.get("YIPANQI_SCREENSHOTS", "var/screenshots"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo county served as `make run` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "YIPANQI_VAR": str(tmp_path_factory.mktemp("demo"))}
    yipanqi = str(Path(sys.executable).parent / "yipanqi")
    command = [yipanqi, "run", "--demo", "--bind", bind]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{bind}/accounts/login/", timeout=2).close()
            break
        except OSError:
            time.sleep(0.5)
    yield f"http://{bind}"
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


def signed_in(browser: Browser, site: str, account: str, size: str, *, script: bool = True) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=script
    )
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile("/(?!accounts)"))
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("account", ROLES)
def test_every_page_of_the_navigation_opens_without_a_murmur(browser, site, account, size):
    page = signed_in(browser, site, account, size)
    murmurs: list[str] = []
    page.on("console", lambda m: murmurs.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: murmurs.append(str(error)))
    doors = page.eval_on_selector_all("nav.side a[href^='/']", "all => all.map(a => a.pathname)")

    SHOTS.mkdir(parents=True, exist_ok=True)
    for door in dict.fromkeys(doors):
        answer = page.goto(f"{site}{door}")
        assert answer is not None
        if door != "/":
            assert answer.status == 200, door
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{door} 宽出 {overflow} 像素"
        name = door.strip("/").replace("/", "-") or "home"
        page.screenshot(path=SHOTS / f"{account}-{name}-{size}.png", full_page=size == "desktop")
    assert murmurs == []
    page.context.close()


def test_a_score_opens_to_the_records_it_counts(browser, site):
    page = signed_in(browser, site, "zhoumin", "desktop")
    page.goto(f"{site}/scores/")
    page.click("text=青山镇")
    assert "86.60" in (page.text_content("h1") or "")
    page.click("td .f >> text=8,640")
    assert page.text_content("tfoot .num") == "8,640"
    page.click("tbody a >> nth=0")
    assert page.locator(".nodes li").count() == 10
    page.context.close()


def test_a_ledger_becomes_claims_and_an_office_accepts_one_without_any_script(browser, site):
    page = signed_in(browser, site, "lijing", "phone", script=False)
    page.goto(f"{site}/projects/?q=云岭食品")
    page.click("text=云岭食品马铃薯全产业链项目")
    assert "供地逾期 41 天" in (page.text_content("h1") or "")
    page.goto(f"{site}/pending/")
    before = page.locator("input[type=checkbox]").count()
    page.locator("input[type=checkbox] >> nth=0").check()
    page.click("text=认定选中的")
    assert page.locator("input[type=checkbox]").count() == before - 1
    page.context.close()
