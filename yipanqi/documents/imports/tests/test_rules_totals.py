"""Printed totals against our own sums, published errors among them."""

from datetime import date

import pytest

from yipanqi.documents.imports.rules.reading import Reading, read_ledger
from yipanqi.documents.imports.tests.ledgers import Line, Rows, ledger, xlsx


def read(content: bytes) -> Reading:
    return read_ledger(content, kind=None, as_of=date(2026, 11, 20))


def totals(reading: Reading) -> list[tuple[str, str, str]]:
    return [(total.cell, total.printed, total.computed) for total in reading.totals]


def wrong(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (total.cell, total.printed, total.computed) for total in reading.totals if not total.agrees
    ]


# A division's attendance of September 2021: printed 31 people, 223 days, 20 groups.
TEAMS = (
    "十六团4/40 八团3/30 商务局4/29 四团4/27 二团4/23 十三团3/21 十一团2/13 "
    "政协1/12 三团1/8 七团1/7 六团2/6 十四团2/4 九团1/3"
)


def test_a_published_total_of_31_people_is_really_32_and_20_groups_are_17():
    rows: list[Line] = [["序号", "组别", "外出人数", "外出天数", "工作开展情况"]]
    for number, team in enumerate(TEAMS.split(), start=1):
        name = team.rstrip("0123456789/")
        people, days = team.removeprefix(name).split("/")
        rows.append([number, name, int(people), int(days), "洽谈"])
    rows += [[number, f"单位{number}", 0, 0, ""] for number in range(14, 18)]
    rows.append(["", "合计（20个组）", 31, 223, ""])

    reading = read(xlsx(rows))

    assert totals(reading) == [("C19", "31", "32"), ("D19", "223", "223"), ("B19", "20", "17")]
    assert "没有“项目名称”这一列" in reading.problems[0].text


# A county's targets of 2004: 2180 is printed where its two parts make 21800.
def test_a_dropped_nought_is_found_in_the_parts_below():
    heading: Line = [
        "单位",
        "合同外资（万美元）",
        "到位外资（万美元）",
        "市外境内资金（亿元）",
        "三资企业销售收入（亿元）",
        "备注",
    ]
    rows: Rows = [
        heading,
        ["长沙县", 2180, 11000, 32, 98, ""],
        ["其中：经开区", 17000, 10000, 9, 85, ""],
        ["　　园区外", 4800, 1000, 23, 13, ""],
    ]

    reading = read(xlsx(rows))

    assert wrong(reading) == [("B2", "2180", "21800")]
    assert [row.number for row in reading.rows] == [2]


def test_parts_that_are_only_some_of_the_whole_are_no_total():
    parts = [
        ["其中：工业", "", "", 100, ""],
        ["其中：农业", "", "", 50, ""],
        ["其他", "乙", "乙", 1, ""],
    ]
    whole = [1, "甲", "甲", 500, ""]

    assert read(ledger(whole, *parts)).totals == ()
    assert read(ledger(whole, parts[0])).totals == ()


def test_the_total_may_stand_first_or_last_and_subtotals_before_or_after():
    first = ["合计", "", "", 10, ""]
    one, two = [1, "甲", "甲", 4, ""], [2, "乙", "乙", 6, ""]
    small, next_small = ["小计", "", "", 4, ""], ["小计", "", "", 7, ""]

    assert totals(read(ledger(first, one, two))) == [("D3", "10", "10")]
    assert totals(read(ledger(one, small, two, next_small, first))) == [
        ("D4", "4", "4"),
        ("D6", "7", "6"),
        ("D7", "10", "10"),
    ]
    assert totals(read(ledger(small, one, next_small, two))) == [("D3", "4", "4"), ("D5", "7", "4")]


def test_sections_with_figures_reach_to_the_next_of_their_level():
    rows: Rows = [
        ["一", "工业", "", 9, ""],
        ["（一）", "食品", "", 4, ""],
        [1, "甲", "甲", 4, "局"],
        ["（二）", "机械", "", 6, ""],
        [1, "乙", "乙", 6, "局"],
        ["二", "农业", "", 1, ""],
        [1, "丙", "丙", 1, "局"],
    ]

    assert wrong(read(ledger(*rows))) == [("D3", "9", "10")]


@pytest.mark.parametrize(
    ("figures", "printed", "computed"),
    [
        ([0.1, 0.2], 0.3, "0.3"),
        (["1.2亿", "3,000"], "15000", "15000"),
        ([1.234, 2.345], 3.58, "3.58"),
        ([1, "厂库房"], 2, "1"),
        ([1, "500万美元"], 2, "1"),
        ([1, True], 2, "1"),
        ([10, "-"], "10", "10"),
        (["100", 5], "1亿", "105"),
    ],
)
def test_sums_are_exact_in_the_unit_of_the_column(figures, printed, computed):
    rows: Rows = [
        [number, f"项目{number}", "甲", figure, "局"] for number, figure in enumerate(figures)
    ]

    ((_, _, own),) = totals(read(ledger(*rows, ["合计", "", "", printed])))

    assert own == computed


def test_rates_serials_and_telephones_are_not_added():
    heading: Line = [
        "序号",
        "项目名称",
        "投资方",
        "完成率%",
        "联系电话",
        "总投资（万元）",
        "年产量",
    ]
    rows: Rows = [heading, [1, "甲", "乙", 50, 88, 5, 7], ["合计", "", "", 50, 88, 5, 8]]

    assert totals(read(xlsx(rows))) == [("F3", "5", "5"), ("G3", "8", "7")]


def test_a_total_of_nothing_is_not_compared():
    assert read(ledger(["合计", "", "", 5, ""])).totals == ()
