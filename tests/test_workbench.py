"""A page of regulation becomes a working method in a browser, from an empty page; counted."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import CHROMIUM, SHOTS, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium"),
]

PUBLISHED = Path(__file__).resolve().parents[1] / "methods/county-a/published.csv"
TOWNSHIPS = ("柳河镇", "南岭乡", "青山镇", "白沙镇", "石桥乡")
SECONDS_A_KEY, SECONDS_A_CLICK, HALF_AN_HOUR = 1.0, 3.0, 1800


@dataclass
class Clerk:
    """Somebody who knows Excel, at the workbench; every touch is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, where: str) -> None:
        self.clicks += 1
        self.page.locator(where).first.click()

    def types(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def completes(self, begun: str) -> None:
        """Type the beginning of a name and take what is offered."""
        self.types(begun)
        self.page.wait_for_selector(".completion:not([hidden]) li")
        self.press("Enter")

    def counts(self, what: str, how: str) -> None:
        self.click(f"dt:text-is('{what}') + dd button:text-is('{how}')")

    def scores(self, recipe: str, *stops: str) -> None:
        """Put something in and fill it in, from one stop to the next; =name is completed."""
        self.click(f"button:text-is('{recipe}')")
        for number, words in enumerate(stops):
            if number:
                self.press("Tab")
            if words.startswith("="):
                self.completes(words[1:])
            else:
                self.types(words)

    @property
    def seconds(self) -> float:
        return self.keys * SECONDS_A_KEY + self.clicks * SECONDS_A_CLICK


def writes_the_method(clerk: Clerk) -> None:
    """From an empty page to the method of the county, as the manual says."""
    clerk.click("summary:text-is('从哪里开始')")
    clerk.click("a:text-is('空白')")
    clerk.click("summary:text-is('插入指标')")
    clerk.counts("签约的项目", "5000万元以上")
    clerk.counts("签约的项目", "5亿元以上")
    clerk.counts("本年签约、已开工的项目", "5000万元以上")
    clerk.counts("线索的项目", "不限大小")
    clerk.counts("到位资金", "万元")
    clerk.counts("下达的任务", "新签约5000万元以上项目")
    clerk.counts("下达的任务", "到位资金")
    clerk.counts("月报", "缺报")
    clerk.counts("月报", "迟报")
    clerk.counts("世界500强项目", "签约")
    clerk.counts("超过期限的项目", "超时未开工")
    clerk.counts("查实造假的项目", "弄虚作假")
    clerk.click("summary:text-is('插入计分项、名单')")
    clerk.scores("一个组")
    signed = "以新签约5000万元以上项目数对照全年任务，超额完成的最高计到120%。"
    clerk.scores("超额计到 120%", "签约项目", signed, "30", "=签约数50", "=新签约50")
    large = "新签约5亿元以上项目至少1个的得满分，没有的不得分。"
    clerk.scores("达到几个得满分", "5亿元以上项目", large, "10", "=签约数5亿")
    funds = "以到位资金对照全年任务，按完成比例得分，最高得满分。"
    clerk.scores("按完成比例，最高满分", "到位资金", funds, "25", "到位资金", "=到位资金任")
    begun = "按本年签约项目的开工率得分；没有签约项目的得0分。"
    clerk.scores("比率，没有的得 0 分", "开工率", begun, "15", "=签约数50", "=本年", "=签约数50")
    clerk.scores("每个几分，最高满分", "线索质量", "每条有效线索得2分，最高得满分。", "10", "=线索")
    clerk.scores("每少一次扣 1 分", "月报", "缺报、迟报一次各扣1分，扣完为止。", "10", "缺报-迟报")
    clerk.scores("加分，有上限", "加分：世界500强", "每个加3分，最多加5分。", "=五百", "5")
    clerk.scores("扣分", "扣分：超时未开工", "超时未开工的项目，每个扣2分。", "=超时")
    clerk.scores("一票否决", "有项目弄虚作假，全年", "=造假")
    clerk.scores("前几名", "各组前三名予以奖励。", "3")
    reason = "各组后三名约谈，完成全年签约任务的除外。"
    clerk.scores("后几名，完成任务的除外", reason, "3", "=签约数50", "=新签约50")


def published() -> dict[str, dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as lines:
        return {row["单位"]: row for row in csv.DictReader(lines)}


def shown(page: Page) -> dict[str, list[str]]:
    """The live table: place, total and points of each township."""
    rows = page.locator("table.trial").first.locator("tbody tr").all_inner_texts()
    cells = ([cell.strip() for cell in row.split("\t")] for row in rows)
    return {cell[1]: [cell[0], *cell[2:]] for cell in cells}


def test_a_page_of_regulation_becomes_a_method_within_half_an_hour(browser, site):
    page = signed_in(browser, site, "zhoumin")
    page.goto(f"{site}/method/")
    clerk = Clerk(page)

    clerk.click("a:text-is('写新版本')")
    writes_the_method(clerk)
    page.wait_for_selector("[name=adopt]")

    told, paper = shown(page), published()
    for town in TOWNSHIPS:
        row = paper[town]
        points = [row[item] for item in list(row)[1:9]]
        assert told[town][1:10] == [row["总分"], *points], town
    assert "0 家的得分或名次有变化" in page.inner_text("#trial")
    assert clerk.seconds < HALF_AN_HOUR, (clerk.clicks, clerk.keys)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "workbench.png", full_page=True)
    page.context.close()
