"""What tasks are set in: units, parts of a whole, and amounts as they are typed and kept."""

from fractions import Fraction

import pytest
import yaml

from yipanqi.core.problems import Refused
from yipanqi.place.factories import PRESET
from yipanqi.place.rules import parsed

PAGE = yaml.safe_load(PRESET.read_text(encoding="utf-8"))
SIGNED = {"measure": "projects", "node": "signed"}


def one(code="a", unit="个", **more):
    return {"code": code, "name": f"指标{code}", "unit": unit, **more}


def read(*indicators, **changes):
    page = {**PAGE, "indicators": list(indicators), **changes}
    return parsed(yaml.safe_dump(page, allow_unicode=True))


def test_a_place_that_says_nothing_sets_tasks_in_signings_leads_and_funds():
    page = {key: value for key, value in PAGE.items() if key != "indicators"}
    settings = parsed(yaml.safe_dump(page, allow_unicode=True))

    assert [each.code for each in settings.indicators] == ["signed", "leads", "funds"]
    assert settings.indicators[2].unit == "万元"
    assert settings.indicator("nothing") is None


def test_nine_of_which_two_are_large_and_last_year_eight():
    settings = read(
        one("industrial", counts={**SIGNED, "at_least": 5000}),
        one("large", counts={**SIGNED, "at_least": 50000}, within="industrial", previous=8),
    )

    large = settings.indicator("large")

    assert (large.within, large.previous) == ("industrial", 8)


@pytest.mark.parametrize(
    ("unit", "typed", "kept", "told"),
    [
        ("个", " 9 ", 9, "9"),
        ("万元", "1,200.5", 1_200_500_000, "1,200.5"),
        ("亿元", "72", 72 * 10**10, "72"),
        ("万美元", "4360", 4360 * 10**6, "4,360"),
    ],
)
def test_an_amount_is_typed_and_told_in_the_unit_and_kept_whole(unit, typed, kept, told):
    indicator = read(one(unit=unit)).indicator("a")

    assert indicator.kept(typed) == kept
    assert indicator.told(kept) == told
    assert indicator.is_money is (unit != "个")


def test_a_shared_project_is_told_with_its_share():
    assert read(one()).indicator("a").told(Fraction(3, 5)) == "0.6"


@pytest.mark.parametrize("typed", ["九个", "", "1/0", "-1", "1.5"])
def test_what_is_no_amount_is_refused_with_what_was_typed(typed):
    with pytest.raises(Refused, match="指标a"):
        read(one()).indicator("a").kept(typed)


@pytest.mark.parametrize(
    ("indicators", "words"),
    [
        ([one(unit="头")], "没有“头”这种单位"),
        ([one(), one()], "代码“a”用了不止一次"),
        ([one(within="b")], "没有“b”这个指标"),
        ([one(within="b"), one("b", unit="万元")], "其中数的单位要与总数相同"),
        ([one(within="b"), one("b", within="a")], "成了自己的其中数"),
        ([one(unit="万美元", counts=SIGNED)], "由统计数录入"),
        ([one(counts={**SIGNED, "node": "nowhere"})], "没有“nowhere”这个环节"),
        ([{"code": "a", "name": "甲"}], "缺少“unit”"),
        ([one(kind="b")], "不认识“kind”"),
    ],
)
def test_indicators_that_do_not_fit_together_are_refused(indicators, words):
    with pytest.raises(Refused) as refused:
        read(*indicators)

    assert words in str(refused.value)
