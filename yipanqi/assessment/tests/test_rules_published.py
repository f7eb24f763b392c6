"""Published results again, digit for digit, from the methods we ship."""

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.assessment.rules import (
    Figures,
    Method,
    Row,
    Sheet,
    as_json,
    as_text,
    read_figures_table,
    read_method,
    read_table,
    said,
    score,
)

METHODS = Path(__file__).parents[3] / "methods"
SLUGS = ("county-a", "city-2024", "luan-2022", "xuancheng")


@cache
def method_of(slug: str) -> Method:
    return read_method((METHODS / slug / "method.yaml").read_text(encoding="utf-8"))


@cache
def figures_of(slug: str) -> Figures:
    content = (METHODS / slug / "figures.csv").read_bytes()
    return read_figures_table(read_table(content, name="figures.csv"), method_of(slug))


def sheet_of(slug: str) -> Sheet:
    return score(method_of(slug), figures_of(slug))


def printed(sheet: Sheet) -> dict[tuple[str, str], str | None]:
    """Everything a bulletin prints, by holder and column."""
    found: dict[tuple[str, str], str | None] = {}
    for group in as_json(sheet)["groups"]:
        board = group["group"].partition("·")[2]
        for row in group["rows"]:
            found[row["holder"], f"{board}名次"] = row["place"]
            found[row["holder"], board or "总分"] = row["total"]
            for item in row["items"]:
                found[row["holder"], item["item"]] = item["points"]
    return found


def published(slug: str) -> list[tuple[str, str, str]]:
    """Holder, column, printed value; where the source erred, the right value stands beside it."""
    with (METHODS / slug / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    if "项目" in rows[0]:
        return [(row["单位"], row["项目"], row["重算"] or row["公布"]) for row in rows]
    return [
        (row["单位"], column, value)
        for row in rows
        for column, value in row.items()
        if value and column != "单位"
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_published_results_are_reproduced_digit_for_digit(slug):
    ours = printed(sheet_of(slug))

    assert published(slug)
    for holder, column, value in published(slug):
        assert ours[holder, column] == value, (holder, column)


def test_the_five_townships_are_named_as_the_method_says():
    lists = {(each.name, each.group): each.holders for each in sheet_of("county-a").lists}

    assert set(lists["奖励", "乡镇组"]) == {"柳河镇", "青山镇", "南岭乡"}
    assert lists["约谈", "乡镇组"] == ("石桥乡", "白沙镇")
    assert lists["一票否决", "园区组"] == ("城东工业园",)


def test_a_veto_takes_everything_and_says_why():
    row = sheet_of("county-a").row("城东工业园")

    assert row.total == 0
    assert row.vetoed == ("一票否决：弄虚作假",)
    assert said(row.lines[-1].because) == "有项目弄虚作假，实行一票否决，全年总分记 0 分。"
    assert row.lines[-1].clause == "第六条"


def test_a_point_is_explained_by_its_figures():
    lines = {line.item: said(line.because) for line in sheet_of("county-a").row("发展改革委").lines}

    assert lines["签约项目"] == "满分 30 × MIN(2 ÷ 2, 1.2) = 30.00"
    assert lines["加分：世界500强"] == "3 × 2 = 6.00，不高于 5，得 5.00"


def test_who_is_first_and_last_in_a_small_group_is_told():
    problems = sheet_of("county-a").problems

    assert [each.where for each in problems if "责任部门组" in each.where] == ["责任部门组 商务局"]
    assert all("同时列入" in each.text for each in problems)


def test_parts_that_do_not_add_to_the_stated_total_are_reported():
    told = [str(problem) for problem in sheet_of("xuancheng").problems]

    assert "宣城市 开工数合计：算得 87，公布 86，相差 1。请核对哪一个有误。" in told
    assert any("算得 471.48亿元，公布 464.96亿元，相差 6.52亿元" in each for each in told)
    assert any("算得 134.58%，公布 134.56%，相差 0.02 个百分点" in each for each in told)
    assert sum("开工率：算得" in each or "竣工率：算得" in each for each in told) == 3
    assert sum("缺“计划竣工”" in each for each in told) == 2
    assert len(told) == 8
    assert not sheet_of("luan-2022").problems


def test_boards_are_printed_as_tables():
    assert "1     金安区    93.5%" in as_text(sheet_of("luan-2022"))


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 10))
@settings(deadline=None, max_examples=60)
def test_more_signings_never_score_a_township_less(signed, more, task):
    method, rows = method_of("county-a"), figures_of("county-a")

    def total(count: int) -> Fraction | None:
        values = {**rows[0].values, "签约数": Fraction(count), "任务数": Fraction(task)}
        row = Row(holder="青山镇", group="乡镇组", values=values)
        return score(method, (row,)).row("青山镇").total

    less, best = total(signed), total(signed + more)
    assert less is not None
    assert best is not None
    assert less <= best
