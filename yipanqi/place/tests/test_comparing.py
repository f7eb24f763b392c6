"""Two pages of definitions are compared in words, heading by heading, and line by line."""

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from yipanqi.place.factories import settings_text
from yipanqi.place.rules import Change, Indicator, LeaderRank, Leads, compared, lines_of, parsed

OLD = parsed(settings_text())


def changes(new):
    return {heading.label: list(heading.changes) for heading in compared(OLD, new)}


def test_the_same_page_has_no_changes():
    assert compared(OLD, parsed(settings_text())) == []


def test_other_days_are_told_as_days():
    nots = (replace(OLD.not_yets[0], days=20), *OLD.not_yets[1:])

    told = changes(replace(OLD, not_yets=nots))

    assert told == {"五未与期限": [Change("签约未注册", "天数", "30 天", "20 天")]}


def test_what_is_new_and_what_is_gone_is_told_whole():
    gates = (replace(OLD.requirements[0], needs="talks"), *OLD.requirements[1:])

    (gone, new) = changes(replace(OLD, requirements=gates))["闸口前置"]

    assert (gone.name, gone.now) == ("签约前须有评审", "")
    assert "规程第九条" in gone.was
    assert (new.name, new.was) == ("签约前须有洽谈", "")


def test_lamps_bands_rates_and_returns_are_told_in_their_units():
    new = replace(
        OLD,
        amber_days=15,
        bands=(replace(OLD.bands[0], at_least_fen=4_000_000_000), *OLD.bands[1:]),
        rates=(replace(OLD.rates[0], yuan=Fraction(36, 5)), *OLD.rates[1:]),
        return_kinds=(),
        curve=tuple(Fraction(month, 12) for month in range(1, 13)),
    )

    told = changes(new)

    assert told["灯"] == [Change("黄灯，离期限不到", "", "10 天", "15 天")]
    assert told["规模档"] == [Change("3000万元以上", "总投资不低于", "3,000万元", "4,000万元")]
    assert told["汇率"] == [Change("1 USD，2024-01-01 起", "折合人民币", "7.1 元", "7.2 元")]
    assert told["月报"] == [Change("报送单位", "", "乡镇、责任部门、其他部门、园区", "全部单位")]
    assert len(told["时间进度"]) == 12


OTHER: dict[str, Any] = {
    "code_prefix": "BS",
    "basis": "新规程",
    "valid_from": date(2026, 11, 20),
    "nodes": OLD.nodes[:-1],
    "funds": replace(OLD.funds, evidence=()),
    "requirements": (),
    "not_yets": (),
    "bands": (),
    "rates": (),
    "amber_days": 1,
    "amber_points": 1,
    "check_days": 1,
    "leads": Leads(ranks=(LeaderRank(band="b5", within=3),)),
    "stalled_days": 1,
    "return_due_day": 1,
    "return_kinds": (),
    "bulletin": replace(OLD.bulletin, word="青招办"),
    "curve": (Fraction(1, 12),) * 12,
    "indicators": (
        Indicator(code="fixed", name="固定资产投资", unit="亿元", previous=12),
        Indicator(
            code="of", name="其中数", unit="亿元", counts={"measure": "funds"}, within="fixed"
        ),
    ),
}


@pytest.mark.parametrize("name", sorted({f.name for f in fields(OLD)} - {"place"}))
def test_whatever_differs_is_told(name):
    assert compared(OLD, replace(OLD, **{name: OTHER[name]})) != []


def test_lines_stand_side_by_side_and_what_is_the_same_is_left_out():
    old = "\n".join("abcdefghij")
    new = old.replace("b", "B").replace("i", "i\ni2")

    shown = lines_of(old, new, around=1)

    assert [line and (line.was, line.now, line.same) for line in shown] == [
        ("a", "a", True),
        ("b", "B", False),
        ("c", "c", True),
        None,
        ("i", "i", True),
        ("", "i2", False),
        ("j", "j", True),
    ]
    added = shown[5]
    assert added is not None
    assert (added.was_number, added.now_number) == (None, 10)
    assert lines_of(old, old) == []


def test_an_indicator_is_told_with_what_it_counts_and_of_what_it_is_a_part():
    told = changes(replace(OLD, indicators=OTHER["indicators"]))["任务指标"]

    new = {change.name: change.now for change in told if not change.was}
    assert new["固定资产投资"].endswith("怎样计 由统计数录入；上年完成 12")
    assert "怎样计 measure funds；其中于 固定资产投资" in new["其中数"]
