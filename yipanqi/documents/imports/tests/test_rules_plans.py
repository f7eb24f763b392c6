"""A read line as what it would register."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from yipanqi.documents.imports.rules.plans import as_data, claimable, from_data, planned
from yipanqi.documents.imports.rules.rows import Outcome, Row
from yipanqi.documents.imports.rules.values import (
    Amount,
    ImpreciseDate,
    Precision,
    Quantity,
    Value,
)


def line(**values: Value) -> Row:
    return Row(number=7, outcome=Outcome.ACCEPTED, problems=(), values=values, raw=())


def amount(minor: int, currency: str = "CNY") -> Amount:
    return Amount(minor, currency, "万元", False, str(minor))


def test_particulars_are_taken_over_in_the_registers_words():
    plan, problems = planned(
        line(
            name="云岭食品马铃薯全产业链项目",
            investor="云岭食品",
            investor_province="浙江省",
            investor_city="杭州市",
            kind="新建",
            honour=True,
            total_investment=amount(100, "USD"),
            fixed_investment=amount(60, "USD"),
            land_area=Quantity(Decimal("12"), "亩", Fraction(2000, 3), False, "12亩"),
            lead_unit="青山镇",
            introducer="招商促进局",
        )
    )

    assert plan.fields == {
        "name": "云岭食品马铃薯全产业链项目",
        "investor": "云岭食品",
        "nature": "新建",
        "origin": "浙江省杭州市",
        "honour": "fortune500",
        "total": 100,
        "currency": "USD",
        "fixed": 60,
        "land_area": 8000,
    }
    assert (plan.unit, plan.introducer) == ("青山镇", "招商促进局")
    assert problems == ()
    assert from_data(as_data(plan)) == plan


def test_fixed_assets_in_another_currency_than_the_whole_are_left_in_the_file():
    plan, _ = planned(
        line(name="甲", total_investment=amount(100), fixed_investment=amount(60, "USD"))
    )

    assert "fixed" not in plan.fields
    assert planned(line(name="乙", fixed_investment=amount(60)))[0].fields["fixed"] == 60


def test_only_a_stated_day_that_has_come_is_claimed():
    day = ImpreciseDate(date(2026, 3, 5), Precision.DAY, "2026-03-05")
    month = ImpreciseDate(date(2026, 4, 1), Precision.MONTH, "2026年4月")
    later = ImpreciseDate(date(2027, 1, 1), Precision.DAY, "2027-01-01")
    plan, _ = planned(line(name="甲", signed_on=day, registered_on=month, started_on=later))

    assert claimable(plan, today=date(2026, 11, 20)) == [("signed", date(2026, 3, 5))]


def test_money_without_a_day_is_told_and_not_claimed():
    _, problems = planned(line(name="甲", funds_in_place=amount(5)))

    assert "没有到账日期" in problems[0].text
