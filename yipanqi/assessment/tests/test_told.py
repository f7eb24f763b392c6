"""Figures that are told (填报数): a method that names no source for them is scored live."""

import re
from datetime import date
from fractions import Fraction

import pytest

from tests.shelf import FOLDERS, METHODS
from yipanqi.assessment.actions import adopt_method, problems_here
from yipanqi.assessment.reads.live import live
from yipanqi.assessment.rules.figures import read_figures_table
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import as_json
from yipanqi.assessment.rules.tables import read_table
from yipanqi.facts.outside.actions import tell_figures
from yipanqi.facts.outside.factories import make_told, told_of
from yipanqi.facts.outside.rules import Period
from yipanqi.org.actions.units import open_unit
from yipanqi.org.rules import Kind
from yipanqi.standing.factories import NOON, County, make_county

TODAY = date(2026, 11, 20)
OF_COUNTIES = ("city-2024", "luan-2022", "xuancheng")


@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_method_that_we_ship_can_be_adopted_where_its_units_are(folder):
    place = make_county().place
    method = read_method((METHODS / folder / "method.yaml").read_text(encoding="utf-8"))
    called = {unit for group in method.groups for unit in group.units}
    for unit in {*called, *method.merge, *method.merged}:
        open_unit(name=unit, kind=Kind.COUNTY, parent=place, by=None, at=NOON)

    assert list(problems_here(method, place)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("folder", OF_COUNTIES)
def test_a_bulletin_of_a_city_is_scored_live_from_what_was_told_of_its_counties(folder):
    city = make_county()
    text = (METHODS / folder / "method.yaml").read_text(encoding="utf-8")
    text = re.sub(r", measure: [^}]*}", "}", text)  # whatever could be counted is told as well
    method = read_method(text)
    figures = read_figures_table(
        read_table((METHODS / folder / "figures.csv").read_bytes(), name="figures.csv"), method
    )
    adopt_method(place=city.place, text=text, by=city.chief, at=NOON)
    told = []
    for row in figures:
        unit = city.place
        if row.holder not in method.stated_totals:
            unit = open_unit(name=row.holder, kind=Kind.COUNTY, parent=city.place, by=None, at=NOON)
        for name, value in row.values.items():
            if value is not None:
                about = method.figure(name)
                said = value * 100 if about.unit == "%" else value
                told.append(told_of(unit, said, indicator=name, unit=about.unit))
    tell_figures(place=city.place, told=told, by=city.clerk, at=NOON)

    scored = live(city.place.pk, day=TODAY)

    assert scored is not None
    assert as_json(scored.sheet) == as_json(score(method, figures))


METHOD = """\
method: 工业考核
full: 100
figures:
  产值: {unit: 万元, indicator: 规上工业产值, reported_by: 统计局}
  上年产值: {unit: 亿元, indicator: 规上工业产值, back: 1}
  上年全年: {unit: 亿元, indicator: 规上工业产值, back: 1, whole: true}
  增速: {unit: "%", is: =产值/10000/上年产值-1}
  满意率: {unit: "%"}
  全县产值: {unit: 亿元, indicator: 规上工业产值, of: place}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 增速, says: 按增速。, full: 100, points: "=MIN(满分*增速*满意率, 满分)"}
"""


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    return county


def values(county: County, unit: str = "青山镇", day: date = TODAY) -> dict[str, object]:
    scored = live(county.place.pk, day=day)
    assert scored is not None
    return dict(scored.sheet.values[unit])


def test_the_latest_months_of_the_period_hold_and_last_years_are_the_same_months(county):
    make_told(county, {"青山镇": 9}, period=Period(2026, 8))
    make_told(county, {"青山镇": 12, "青禾县": 40}, period=Period(2026, 10))
    make_told(county, {"青山镇": 10}, period=Period(2025, 10))
    make_told(county, {"青山镇": 15}, period=Period(2025, 12))
    make_told(county, {"青山镇": Fraction("98.5")}, indicator="满意率", unit="%")

    found = values(county)

    assert found["产值"] == 120_000
    assert (found["上年产值"], found["上年全年"], found["全县产值"]) == (10, 15, 40)
    assert (found["增速"], found["满意率"]) == (Fraction(1, 5), Fraction(985, 1000))
    assert values(county, day=date(2026, 9, 30))["产值"] == 90_000


def test_what_nobody_told_is_missing_and_not_nought(county):
    make_told(county, {"青山镇": 9}, period=Period(2026, 8))

    found = values(county, "柳河镇")

    assert found["产值"] is None
    assert values(county)["上年产值"] is None


def test_a_figure_in_a_unit_that_cannot_be_turned_is_missing(county):
    make_told(county, {"青山镇": 9}, indicator="满意率", unit="个")

    assert values(county)["满意率"] is None


def test_a_quarterly_method_counts_what_was_told_of_the_quarter(county):
    text = METHOD.replace("full: 100\n", "full: 100\nperiod: quarter\ncode: quarterly\n", 1)
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    make_told(county, {"青山镇": 100}, period=Period(2026, 10))
    make_told(county, {"青山镇": 7}, period=Period(2026, 10, 10))
    make_told(county, {"青山镇": 5}, period=Period(2026, 7, 7))

    scored = live(county.place.pk, day=TODAY, code="quarterly")

    assert scored is not None
    assert scored.sheet.values["青山镇"]["产值"] == 70_000
    assert scored.sheet.values["青山镇"]["上年产值"] == 5
