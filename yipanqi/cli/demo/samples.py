"""A ledger as offices really send it: two header rows, mixed units, a wrong total, a sample row."""

from datetime import date
from pathlib import Path
from random import Random

import xlsxwriter

from yipanqi.cli.invented import credit_code, invent

NAME = "青禾县在谈签约项目台账（待导入）.xlsx"
ROWS = 30
Cell = str | int | float | date | None

TOP = (
    "序号",
    "项目名称",
    "投资方信息",
    None,
    None,
    "项目信息",
    None,
    None,
    "投资情况",
    None,
    None,
    "责任分工",
    None,
    "进展情况",
    None,
    "备注",
)
BOTTOM = (
    None,
    None,
    "投资方名称",
    "统一社会信用代码",
    "来源地",
    "所属行业",
    "建设内容",
    "建设性质",
    "总投资（亿元）",
    "固定资产投资\n(万元) ",
    "用地（亩）",
    "引进单位",
    "落地单位",
    "签约时间",
    "目前进展",
    None,
)
MERGED = ((0, 0), (1, 1), (2, 4), (5, 7), (8, 10), (11, 12), (13, 14), (15, 15))
"""Columns from and to of each cell of the upper header."""

SAMPLE: tuple[Cell, ...] = (
    "示例",
    "XX食品加工项目",
    "XX有限公司",
    "91XXXXXXXXXXXXXXXX",
    "省外",
    "农副食品加工业",
    "建设生产线2条",
    "新建",
    "3.6",
    "28000",
    "120",
    "XX镇",
    "XX镇",
    "2026.5.9",
    "签约",
    "填表前请删除本行",
)

DOUBLES = (
    ("云岭食品马铃薯全产业链建设项目", "云岭食品", "青山镇", 3.6),
    ("寰谷粮油精炼与包装项目", "寰谷国际", "柳河镇", 2.8),
)
"""Nearly what the register already holds."""

DATES: tuple[Cell, ...] = (
    "2026.3",
    "2026年3月15日",
    date(2026, 4, 8),
    "3月底",
    "2026/5/9",
    "上半年",
    "暂无",
    46_180,
    "2026-06-18",
    "",
)
AMOUNTS = ("{yi}", "{yi}", "{yi}亿", "{wan}万元", "约{yi}亿元", "{wan}万", "-", "500万美元")
STATES = ("已签约", "在谈", "在谈，已考察两次", "签约未开工", "框架协议", "洽谈中", "已注册")
UNITS = (
    "大河镇",
    "林溪镇",
    "东坪镇",
    "云峰乡",
    "竹园镇",
    "龙泉镇",
    "招商促进局",
    "商务局",
    "农业农村局、大河镇",
    "经开区",
)


def write_ledger(folder: Path, *, seed: int) -> Path:
    """Write the ledger to be imported; answers where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet("在谈签约项目")
        bold = book.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
        sheet.merge_range(0, 0, 0, len(TOP) - 1, "青禾县在谈签约项目台账（2026年11月）", bold)
        sheet.write(1, len(TOP) - 3, "单位：亿元、万元、亩")
        _header(sheet, bold)
        rows = [SAMPLE, *_rows(Random(seed))]  # noqa: S311 - invents rows, guards nothing
        for number, row in enumerate([*rows, _totals(rows)], start=4):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        sheet.set_column(1, 2, 28)
        sheet.set_column(6, 6, 30)
    return path


def _header(sheet: "xlsxwriter.worksheet.Worksheet", bold: object) -> None:
    """Two rows; what has no second word is merged downwards."""
    for first, last in MERGED:
        if first == last:
            sheet.merge_range(2, first, 3, first, TOP[first], bold)
        else:
            sheet.merge_range(2, first, 2, last, TOP[first], bold)
    for column, text in enumerate(BOTTOM):
        if text:
            sheet.write(3, column, text, bold)


def _rows(rng: Random) -> list[tuple[Cell, ...]]:
    seen: set[str] = set()
    doubles = {6: DOUBLES[0], 17: DOUBLES[1]}
    return [_row(rng, number, doubles.get(number), seen) for number in range(1, ROWS + 1)]


def _row(
    rng: Random, number: int, double: tuple[str, str, str, float] | None, seen: set[str]
) -> tuple[Cell, ...]:
    invented = invent(rng, seen)
    yi = rng.randrange(30, 600) / 100
    name, investor, unit = invented.name, invented.investor, rng.choice(UNITS)
    industry, made = invented.industry.name.split()[0], invented.industry.products[0]
    if double:
        name, investor, unit, yi = double
        industry, made = "农副食品加工业", "淀粉及粮油"
    amount: Cell = yi
    if not double and rng.random() < 0.6:
        amount = rng.choice(AMOUNTS).format(yi=yi, wan=round(yi * 10_000))
    return (
        number if number <= 18 else number - 18,
        f"☆{name}" if number == 3 else f" {name} " if number % 9 == 0 else name,
        investor,
        credit_code(rng) if number % 4 == 0 else "" if number % 4 else "/",
        rng.choice(("省外", "市外省内", "境外", "浙江", "")),
        industry,
        f"{made}，建筑面积{rng.randint(3, 60) * 1000}平方米",
        rng.choice(("新建", "扩建", "技改", "无")),
        amount,
        round(yi * 7_000) if rng.random() < 0.7 else "",
        rng.choice((rng.randint(10, 200), "租用厂房", "")),
        unit,
        unit if "、" not in unit else "大河镇",
        rng.choice(DATES),
        rng.choice(STATES),
        "",
    )


def _totals(rows: list[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The printed totals, which do not add up: someone typed them a month ago."""
    fixed = sum(row[9] for row in rows if isinstance(row[9], int))
    cells: list[Cell] = [None] * len(TOP)
    cells[0], cells[1], cells[8], cells[9] = "合计", f"{ROWS - 1}个", 75.6, fixed - 900
    return tuple(cells)
