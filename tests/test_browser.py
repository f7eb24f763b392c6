"""The demo county in a real browser: stories that need one."""

import pytest

from tests.browsing import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium"),
]


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
