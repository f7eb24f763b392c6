"""A page of definitions is read, doubted line by line, and then means one thing."""

from datetime import date
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.core.problems import Refused
from yipanqi.place.factories import PRESET, settings_text
from yipanqi.place.rules import parsed

PAGE = yaml.safe_load(PRESET.read_text(encoding="utf-8"))
HALVES = [4, 8, 14, 20, 28, 36, 45, 55, 66, 78, 90, 100]


def page(**changes):
    return yaml.safe_dump({**PAGE, **changes}, allow_unicode=True)


def refusal(text):
    with pytest.raises(Refused) as refused:
        parsed(text)
    return str(refused.value)


def test_the_preset_says_what_its_page_says():
    settings = parsed(page())

    assert settings.place == "青禾县"
    assert settings.order[0] == "lead"
    assert settings.node("funds") == settings.funds
    assert settings.node("nowhere") is None
    assert settings.name_of("signed") == "签约"
    assert settings.name_of("signed_not_registered") == "签约未注册"
    assert settings.name_of("nowhere") == "nowhere"


def test_changed_lines_change_only_themselves():
    assert parsed(settings_text(place="白水县")).place == "白水县"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nodes: [", "不是能读的 YAML"),
        ("\x00", "文件：不是能读的 YAML"),
        ("- a\n- b", "口径文件应是"),
        ("place: 青禾县", "缺少“nodes”这一项"),
        (page(nodes=[{"code": "lead", "name": "线索"}]), "nodes 第 1 项：缺少“office”"),
        (page(bands=["大"]), "bands 第 1 项：缺少“at_least”"),
        (page(rates=[{"currency": "USD", "from": date(2024, 1, 1), "yaun": 7}]), "不认识“yaun”"),
        (page(lamps={}), "lamps：缺少“amber_days”"),
        (page(curve=[1, 2, 3]), "目标曲线要有 12 个月"),
        (page(returns={"due_day": 30}), "月报截止日应在 1 到 28 之间"),
        (page(nodes=PAGE["nodes"] * 2), "nodes：代码“lead”用了不止一次"),
        (page(not_yets=PAGE["not_yets"] * 2), "not_yets：代码“signed_not_registered”用了不止一次"),
        (
            page(requirements=[{"before": "x", "needs": "lead", "clause": "一", "says": "y"}]),
            "requirements 第 1 项：没有“x”这个环节",
        ),
    ],
)
def test_a_page_that_cannot_be_meant_is_refused_with_where_and_why(text, told):
    assert told in refusal(text)


def test_a_place_may_have_no_requirements_no_nots_no_bands_and_no_rates():
    settings = parsed(page(requirements=None, not_yets=None, bands=None, leaders=None, rates=None))

    assert (settings.requirements, settings.not_yets, settings.bands, settings.rates) == ((),) * 4
    assert settings.band_of(10**15) == ""


@pytest.mark.parametrize(
    ("wan", "band"), [(0, ""), (2_999, ""), (3_000, "b1"), (10_000, "b3"), (999_999, "b5")]
)
def test_a_project_stands_in_the_highest_band_that_it_reaches(wan, band):
    assert parsed(page()).band_of(wan * 1_000_000) == band


def test_money_is_converted_at_the_rate_of_the_day_and_whole_fen():
    settings = parsed(page())

    assert settings.in_yuan(77, "CNY", date(2020, 1, 1)) == 77
    assert settings.in_yuan(100, "USD", date(2025, 6, 1)) == 710
    assert settings.in_yuan(100, "USD", date(2026, 1, 1)) == 700
    assert settings.in_yuan(5, "USD", date(2025, 1, 1)) == 36  # 35.5, half up


def test_a_currency_without_a_rate_is_refused():
    settings = parsed(page())

    with pytest.raises(Refused, match="没有 2020-01-01 的 USD 汇率"):
        settings.in_yuan(100, "USD", date(2020, 1, 1))


def test_without_a_curve_the_year_runs_evenly():
    settings = parsed(page())

    assert settings.elapsed(date(2026, 12, 31)) == 1
    assert settings.elapsed(date(2026, 1, 1)) == Fraction(1, 365)
    assert settings.elapsed(date(2024, 12, 30)) == Fraction(365, 366)


def test_a_curve_says_how_much_is_due_by_the_end_of_each_month():
    settings = parsed(page(curve=HALVES))

    assert settings.elapsed(date(2026, 1, 31)) == Fraction(4, 100)
    assert settings.elapsed(date(2026, 2, 14)) == Fraction(6, 100)
    assert settings.elapsed(date(2026, 12, 31)) == 1


EVEN, CURVED = parsed(page()), parsed(page(curve=HALVES))


@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 30)))
def test_time_never_runs_backwards_within_a_year(day):
    for settings in (EVEN, CURVED):
        following = date.fromordinal(day.toordinal() + 1)
        later = settings.elapsed(following)
        assert 0 < settings.elapsed(day) <= 1
        assert later > settings.elapsed(day) or following.year != day.year
