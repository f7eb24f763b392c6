"""From an empty database to the first bulletin in a browser, doing only what the guide says; counted."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, SHOTS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium"),
]

ADMIN, CHIEF = "one board two stones", "many stones one board"
ROSTER = """单位	类别	姓名	账号	职务	角色
招商局	责任部门	钱敏	qianmin	干事	招商部门经办
发展和改革局	责任部门	孙立	sunli	科长	认定人员
东乡镇	乡镇	李东	lidong	联络员	联络员
西乡镇	乡镇	周西	zhouxi	联络员	联络员
南乡镇	乡镇	吴南	wunan	联络员	联络员
"""
TOWNS = ("东乡镇", "西乡镇", "南乡镇")
HOLDERS = (*TOWNS, "招商局", "发展和改革局")
TASKS = "\n".join(f"{unit}\tsigned\t3\n{unit}\tfunds\t5000" for unit in HOLDERS)
INDUSTRIES = ("装备制造", "食品加工", "新材料", "电子信息", "现代物流")


def ledger(path: Path) -> Path:
    """Ten projects as an office keeps them."""
    rows = ["项目名称,投资方,总投资（万元）,产业,落地乡镇,责任单位,签约日期,开工日期"]
    for number in range(10):
        town = TOWNS[number % 3]
        started = f"2026-{number + 1:02}-20" if number < 4 else ""
        rows.append(
            f"{town}{INDUSTRIES[number % 5]}{number + 1}期项目,远山{number}实业有限公司,{6000 + number * 800},"
            f"{INDUSTRIES[number % 5]},{town},{town},2026-{number % 9 + 1:02}-15,{started}"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


@dataclass
class Hand:
    """Somebody at the browser; every touch is counted."""

    browser: Browser
    site: str
    clicks: int = 0
    typed: int = 0
    pasted: int = 0
    files: int = 0
    page: Page = field(init=False)

    def sits_down(self) -> None:
        context = self.browser.new_context(viewport={"width": 1320, "height": 860}, locale="zh-CN")
        self.page = context.new_page()

    def click(self, where: str) -> None:
        self.clicks += 1
        self.page.locator(where).first.click()
        self.page.wait_for_load_state()

    def types(self, where: str, text: str) -> None:
        self.clicks, self.typed = self.clicks + 1, self.typed + len(text)
        self.page.fill(where, text)

    def pastes(self, where: str, text: str) -> None:
        self.clicks, self.pasted = self.clicks + 1, self.pasted + len(text)
        self.page.fill(where, text)

    def uploads(self, where: str, path: Path) -> None:
        self.clicks, self.files = self.clicks + 1, self.files + 1
        self.page.set_input_files(where, path)

    def signs_in(self, account: str, password: str) -> None:
        self.sits_down()
        self.page.goto(f"{self.site}/guide/")
        self.types("[name=login]", account)
        self.types("[name=password]", password)
        self.click("button:has-text('登录')")
        if "/accounts/password/" in self.page.url:
            self._chooses(password)
        assert self.page.url.endswith("/guide/"), self.page.url

    def _chooses(self, handed: str) -> None:
        """Whoever was handed a password chooses one of one's own before anything else."""
        self.types("[name=old]", handed)
        for again in ("new", "again"):
            self.types(f"[name={again}]", "a word of my own choice")
        self.click("main form button.btn-primary")
        if not self.page.url.endswith("/guide/"):
            self.click("a:has-text('开始')")

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"guide-{name}.png", full_page=True)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An installation without a ledger, served; and the code that its console told."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "YIPANQI_VAR": str(tmp_path / "var"), "PYTHONUNBUFFERED": "1"}
    environment.pop("YIPANQI_DATABASE", None)
    yipanqi = str(Path(sys.executable).parent / "yipanqi")
    server = subprocess.Popen(
        [yipanqi, "run", "--bind", bind], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    code = ""
    for line in server.stdout:
        code = found[1] if (found := re.search("开账口令：(\\w+)", line)) else code
        if "打开 http" in line:
            break
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://{bind}/start/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    yield f"http://{bind}", code
    server.terminate()
    server.wait(timeout=20)
    server.stdout.close()
    verified = subprocess.run(
        [yipanqi, "verify"], env=environment, capture_output=True, text=True, check=False
    )
    assert "核验无误" in verified.stdout, verified.stdout


def test_the_guide_leads_from_an_empty_database_to_the_first_bulletin(browser, empty, tmp_path):
    site, code = empty
    began = time.monotonic()
    hand = Hand(browser, site)
    _founds(hand, code)
    slips = _takes_in_staff(hand)
    _sets_definitions_method_and_tasks(hand)
    _imports(hand, slips["qianmin"], ledger(tmp_path / "台账.csv"))
    for account, password in (("zhaohua", CHIEF), ("sunli", slips["sunli"])):
        hand.signs_in(account, password)
        _accepts_all(hand)

    hand.signs_in("zhaohua", CHIEF)
    hand.click("a:has-text('起草通报')")
    hand.click("button:has-text('印发并冻结')")
    hand.shot("bulletin")

    assert re.search(r"/bulletins/\d+/", hand.page.url), hand.page.inner_text("body")[:600]
    assert "开始" not in hand.page.inner_text("nav.side")
    counted = (hand.clicks, hand.typed, hand.pasted, hand.files)
    assert counted == (81, 427, 296, 1), "the benchmarks tell these figures"
    assert time.monotonic() - began < 180


def _founds(hand: Hand, code: str) -> None:
    hand.sits_down()
    hand.page.goto(hand.site)
    assert hand.page.url.endswith("/start/")
    hand.types("[name=code]", code)
    hand.types("[name=place]", "小河县")
    hand.types("[name=bureau]", "招商局")
    for who, name, account, password in (
        ("admin", "郑管", "zhengguan", ADMIN),
        ("chief", "赵华", "zhaohua", CHIEF),
    ):
        hand.types(f"[name={who}_name]", name)
        hand.types(f"[name={who}_account]", account)
        hand.types(f"[name={who}_password]", password)
        hand.types(f"[name={who}_again]", password)
    hand.shot("start")
    hand.click("button:has-text('开账')")
    assert "/accounts/login/" in hand.page.url, hand.page.inner_text("body")


def _takes_in_staff(hand: Hand) -> dict[str, str]:
    """The administrator pastes the staff table; answers the passwords that are handed out."""
    hand.signs_in("zhengguan", ADMIN)
    hand.shot("guide")
    hand.click("main a:has-text('导入花名册')")
    hand.pastes("[name=text]", ROSTER)
    hand.click("button:has-text('预览')")
    hand.shot("staff")
    hand.click("button:has-text('写入')")
    hand.shot("slips")
    rows = hand.page.locator("table.t tbody tr").all()
    return {row.locator("td").nth(2).inner_text(): row.locator("code").inner_text() for row in rows}


def _sets_definitions_method_and_tasks(hand: Hand) -> None:
    hand.signs_in("zhaohua", CHIEF)
    hand.click("a:has-text('小县预设')")
    hand.click("button:has-text('预览改动')")
    hand.shot("definitions")
    hand.click("button:has-text('启用这一版')")
    hand.click("a:has-text('开始')")
    hand.click("a:has-text('采用办法')")
    hand.click("button:has-text('采用')")
    hand.click("a:has-text('开始')")
    hand.click("a:has-text('粘贴任务表')")
    hand.types("[name=basis]", "小办〔2026〕3号")
    hand.pastes("[name=text]", TASKS)
    hand.click("button:has-text('预览')")
    hand.click("button:has-text('记下')")
    hand.click("a:has-text('开始')")
    hand.shot("three")
    assert "现在是第 4 步" in hand.page.inner_text("body"), hand.page.inner_text("main")


def _imports(hand: Hand, password: str, path: Path) -> None:
    hand.signs_in("qianmin", password)
    hand.click("a:has-text('导入台账')")
    hand.uploads("[name=file]", path)
    hand.click("button:has-text('读取并预览')")
    hand.shot("import")
    hand.click("button:has-text('确认导入')")


def _accepts_all(hand: Hand) -> None:
    hand.click("main a:has-text('待认定')")
    hand.shot("pending")
    for box in hand.page.locator("input[name=claims]").all():
        hand.clicks += 1
        box.check()
    hand.click("button:has-text('认定')")
