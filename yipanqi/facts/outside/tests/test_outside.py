"""Figures of other places are entered from their sources, corrected by newer ones, taken off."""

from datetime import date
from fractions import Fraction

import pytest

from tests.helpers import refused
from yipanqi.facts.outside.actions import enter_figures, take_off
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import Period, Told, beside
from yipanqi.ledger import reads
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county
from yipanqi.place.rules import Indicator

pytestmark = pytest.mark.django_db
FUNDS = Indicator(code="funds", name="到位资金", unit="万元", counts={"measure": "funds"})
SIGNED = Indicator(code="signed", name="签约", unit="个", counts={"measure": "projects"})
OURS = {"funds": FUNDS, "signed": SIGNED}


def told(**changes):
    said = {
        "holder": "江州市",
        "indicator": "funds",
        "period": Period(2026, 10),
        "value": Fraction("396.8"),
        "unit": "亿元",
        "source": "江州市统计快报",
        "said_on": date(2026, 11, 12),
        "peers": "周边城市",
    }
    return Told(**{**said, **changes})


def enter(county, *figures):
    return enter_figures(place=county.place, told=figures, ours=OURS, by=county.clerk, at=NOON)


def test_a_figure_is_entered_with_its_source_and_stays_in_the_ledger():
    county = make_county()

    [figure] = enter(county, told())

    assert (figure.value, figure.period) == (Fraction("396.8"), Period(2026, 10))
    assert str(figure) == "江州市 funds 2026 年 1—10 月"
    assert list(reads.findings()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holder": "青禾县"}, "本地的“到位资金”由账本算出，不必录入"),
        ({"unit": "个"}, "“funds”以万元计，请换算后再录"),
        ({"unit": "万美元"}, "“funds”以万元计"),
        ({"unit": "吨"}, "“funds”以万元计"),
        ({"indicator": "signed", "unit": "亿元"}, "“signed”以个计"),
        ({"value": Fraction(1, 3)}, "最多四位小数"),
        ({"said_on": date(2026, 9, 30)}, "来源日期早于数据的月份"),
        ({"said_on": date(2026, 11, 21)}, "来源日期还没有到"),
    ],
)
def test_what_cannot_be_told_is_refused(changes, words):
    county = make_county()

    with refused(words):
        enter(county, told(**changes))


def test_an_indicator_that_is_only_told_has_one_unit_and_a_row_says_which_it_is():
    county = make_county()
    enter(county, told(indicator="固定资产投资"))

    with refused("第 2 行 计量单位：“固定资产投资”以亿元计"):
        enter(county, told(), told(indicator="固定资产投资", unit="万元", holder="青禾县"))


def test_the_newest_word_counts_and_what_is_taken_off_counts_no_more():
    county = make_county()
    enter(county, told())
    [newer] = enter(county, told(value=Fraction(400)))
    [other] = enter(county, told(holder="云溪市"))
    assert set(OutsideFigure.objects.standing()) == {newer, other}

    take_off(figure=newer, by=county.clerk, at=NOON)

    assert list(OutsideFigure.objects.standing()) == [other]
    with refused("已经更正或撤下"):
        take_off(figure=newer, by=county.clerk, at=NOON)


def test_comparisons_are_open_to_the_place_and_to_no_other():
    county, other = make_county(), make_county("白水县", prefix="bs-")
    enter(county, told())

    assert OutsideFigure.objects.visible_to(county.liaison()).count() == 1
    assert not OutsideFigure.objects.visible_to(other.clerk).exists()


def test_a_period_knows_its_last_day_and_the_year_before():
    assert Period(2026, 2).last_day == date(2026, 2, 28)
    assert Period(2026).last_day == date(2026, 12, 31)
    assert (str(Period(2026)), Period(2026, 2).before) == ("2026 年", Period(2025, 2))


def test_ours_stands_among_the_others_with_share_rank_and_growth():
    values = {"我": Fraction(30), "甲": Fraction(100), "乙": Fraction(30), "丙": None}

    lines = {
        line.holder: line for line in beside("我", values, {"我": Fraction(20), "甲": Fraction(0)})
    }

    assert list(lines) == ["甲", "乙", "我", "丙"]
    assert [lines[name].rank for name in "甲乙我丙"] == [1, 2, 2, None]
    assert (lines["甲"].share, lines["甲"].times) == (Fraction(3, 10), Fraction(10, 3))
    assert (lines["我"].growth, lines["甲"].growth) == (Fraction(1, 2), None)
    assert (lines["丙"].share, lines["丙"].times, lines["丙"].growth) == (None, None, None)
