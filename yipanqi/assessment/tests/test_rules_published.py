"""Published results again, digit for digit, from the methods we ship."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shelf import FOLDERS, KEYS, METHODS, RESULTS, cells, entries, problems
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
from yipanqi.assessment.rules.explaining import brief
from yipanqi.place.rules import parsed
from yipanqi.standing.measures.words import problems_in

FROM_A_TO_J = {
    *("A", "AH", "ALR", "AQ", "BUR", "C06", "C23", "C24", "CD", "CLU", "CQ", "CTM", "EXP", "FJ"),
    *("GC", "HB", "JA", "LOC", "ORG", "STP", "TF"),
}
"""The collected schemes from a to j that a method of ours says."""

FROM_L_TO_Z = {
    "LA22",
    "LH",
    "LI",
    "LW",
    "LZ",
    "MY",
    "NJ",
    "NT3",
    "QC",
    "REC",
    "RNK",
    "TL",
    "TWN",
    "TZ",
    "VEC",
    "WJ",
    "WX",
    "WZ",
    "XC",
    "XX",
    "YA",
    "YCH",
    "YJ",
    "YL",
    "Z4",
    "ZJ",
}
"""The same from l to z."""


@cache
def method_of(folder: str) -> Method:
    return read_method((METHODS / folder / "method.yaml").read_text(encoding="utf-8"))


@cache
def figures_of(folder: str) -> Figures:
    content = (METHODS / folder / "figures.csv").read_bytes()
    return read_figures_table(read_table(content, name="figures.csv"), method_of(folder))


@cache
def sheet_of(folder: str) -> Sheet:
    return score(method_of(folder), figures_of(folder))


def printed(sheet: Sheet) -> dict[tuple[str, str], str | None]:
    """Everything a bulletin prints, by holder and column; who is on a list and who is not."""
    found: dict[tuple[str, str], str | None] = {}
    for group in as_json(sheet)["groups"]:
        board = group["group"].partition("·")[2]
        for row in group["rows"]:
            found[row["holder"], f"{board}名次"] = row["place"]
            found[row["holder"], board or "总分"] = row["total"]
            if not board:
                found[row["holder"], "等次"] = row["grade"]
            for item in row["items"]:
                found[row["holder"], item["item"]] = item["points"]
    return {**found, **named(sheet), **rewarded(sheet)}


def named(sheet: Sheet) -> dict[tuple[str, str], str]:
    """Who is on a list, and who is not."""
    found = {(row.holder, listed.name): "否" for listed in sheet.lists for row in sheet.figures}
    for listed in sheet.lists:
        found.update({(holder, listed.name): "是" for holder in listed.holders})
    return found


def rewarded(sheet: Sheet) -> dict[tuple[str, str], str]:
    """What everybody gets from all lists together, and what it comes to."""
    found = dict(sheet.rewards)
    for (_, unit), amount in sheet.rewards.items():
        found["合计", unit] = found.get(("合计", unit), Fraction(0)) + amount
    return {(holder, f"奖励（{unit}）"): brief(amount) for (holder, unit), amount in found.items()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_results_are_reproduced_digit_for_digit(folder):
    ours = printed(sheet_of(folder))

    assert cells(folder)
    for cell in cells(folder):
        assert ours[cell.holder, cell.column] == cell.right, (cell.holder, cell.column)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_does_not_agree_is_pointed_out_and_nothing_else(folder):
    assert [str(problem) for problem in sheet_of(folder).problems] == problems(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_counted_from_the_facts_can_be_asked_of_them(folder):
    for figure in method_of(folder).figures:
        if "measure" in figure.spec and figure.is_given and not figure.lists_holders:
            assert [*problems_in(figure.spec)] == [], figure.name


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["folder"])
def test_every_method_is_whole_and_says_where_it_comes_from(entry):
    folder = METHODS / entry["folder"]
    method = method_of(entry["folder"])

    assert entry.keys() <= KEYS
    assert entry["result"] in RESULTS
    assert entry["place"]
    assert method.source
    assert method.year == entry.get("year")
    assert (folder / "README.md").exists()
    assert (folder / "settings.yaml").exists() == entry.get("settings", False)


def test_every_folder_is_in_the_index_and_every_scheme_in_a_folder():
    folders = {path.name for path in METHODS.iterdir() if path.is_dir()}
    schemes = {entry["scheme"] for entry in entries()}

    assert sorted(FOLDERS) == sorted(folders)
    assert schemes >= FROM_A_TO_J | FROM_L_TO_Z


@pytest.mark.parametrize("entry", [each for each in entries() if each.get("settings")])
def test_recognition_that_a_method_rules_is_a_page_of_definitions(entry):
    page = parsed((METHODS / entry["folder"] / "settings.yaml").read_text(encoding="utf-8"))

    asked = {
        str(figure.spec[word])
        for figure in method_of(entry["folder"]).figures
        for word in ("node", "cohort")
        if word in figure.spec
    }
    assert asked <= set(page.order)


def test_a_valid_lead_needs_four_papers():
    page = parsed((METHODS / "jinan-2024" / "settings.yaml").read_text(encoding="utf-8"))

    lead = page.node("lead")

    assert lead
    assert len(lead.evidence) == 4


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
