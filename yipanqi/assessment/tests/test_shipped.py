"""Every method that we ship, adopted and scored live: what is told as on paper, what is counted from facts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.shelf import FOLDERS, METHODS
from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.live import Live, live, measure_in
from yipanqi.assessment.rules import (
    Figure,
    Figures,
    Method,
    Row,
    as_json,
    read_figures_table,
    read_method,
    read_table,
    score,
)
from yipanqi.facts.activities.factories import make_contact, post_of
from yipanqi.facts.outside.actions import tell_figures
from yipanqi.facts.outside.factories import told_of
from yipanqi.facts.outside.rules import Period
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import Task
from yipanqi.org.actions import load_org
from yipanqi.org.actions.units import open_unit
from yipanqi.org.factories import NOON, County, make_group
from yipanqi.org.models import Person
from yipanqi.org.rules import Kind, Role
from yipanqi.place.actions import adopt_settings
from yipanqi.place.factories import make_county, settings_text
from yipanqi.place.rules import UNITS
from yipanqi.standing.measures.told import shifted
from yipanqi.standing.measures.windows import period_of

TODAY = date(2026, 11, 20)
OFFICE = "认定办公室"
GIVEN = {"judged", "rating", "ballot"}
PLAIN_TASK = {"measure", "indicator", "window"}


def staff() -> dict[str, Any]:
    """Two people of a place that has no unit yet."""
    said = {"title": "干部", "from": date(2024, 1, 1)}
    people = [
        {**said, "account": role.value, "name": f"王{role.value}", "role": role}
        for role in (Role.CLERK, Role.CHIEF)
    ]
    return {"place": "某地", "units": {Kind.TOWNSHIP: []}, "people": people}


def founded(method: Method, figures: Figures) -> County:
    """A place with the units that the figures name, each of the kind that its group assesses."""
    place = load_org(staff(), by=None, at=NOON)
    open_unit(name=OFFICE, kind=Kind.COMMITTEE, parent=place, by=None, at=NOON)
    kinds = {group.group: (*group.kinds, Kind.DEPARTMENT)[0] for group in method.groups}
    units = {
        row.holder: open_unit(
            name=row.holder, kind=Kind(kinds[row.group]), parent=place, by=None, at=NOON
        )
        for row in figures
        if row.holder not in method.stated_totals
    }
    found = {person.username: person for person in Person.objects.all()}
    text = re.sub(r"office: [^,}]+", f"office: {OFFICE}", settings_text(place=place.name))
    adopt_settings(place=place, text=text, by=found["clerk"], at=NOON)
    return County(place, units, found)


def tell(place: County, method: Method, figures: Figures) -> None:
    """What a source tells, said of each unit and of the place; tasks as they are set."""
    told, tasks = [], set()
    for row in figures:
        unit = place.units.get(row.holder, place.place)
        for figure in (each for each in method.figures if row.values.get(each.name) is not None):
            value = row.values[figure.name] or Fraction(0)
            measure = measure_in(figure, method)
            if measure.measure == "external":
                since = period_of(TODAY, measure.window).first.month
                period = shifted(Period(TODAY.year, TODAY.month, since), measure)
                said = value * 100 if figure.unit == "%" else value
                name = measure.indicator
                told.append(told_of(unit, said, indicator=name, unit=figure.unit, period=period))
            elif is_plain_task(figure):
                amount = int(value * UNITS.get(figure.unit, 1))
                tasks.add(Task(holder_id=unit.pk, indicator=measure.indicator, amount=amount))
    tell_figures(place=place.place, told=told, by=place.clerk, at=NOON)
    ground = Ground(basis="年度任务")
    set_tasks(tasks=[*tasks], year=TODAY.year, ground=ground, by=place.chief, at=NOON)


def is_plain_task(figure: Figure) -> bool:
    """A task of the whole year as the place itself set it."""
    return figure.spec.get("measure") == "target" and figure.spec.keys() <= PLAIN_TASK


def as_told(method: Method, figures: Figures, scored: Live) -> Figures:
    """The figures of the paper; nothing was counted yet, nobody judged, nothing else was set."""
    found = {row.holder: row.values for row in scored.sheet.figures}
    return tuple(
        replace(
            row,
            values={**row.values, **_counted(method, row, found.get(row.holder, {}))},
            texts={},  # nobody is paired with anybody yet
        )
        for row in figures
    )


def _counted(
    method: Method, row: Row, found: Mapping[str, Fraction | None]
) -> dict[str, Fraction | None]:
    counted: dict[str, Fraction | None] = {}
    for figure in method.figures:
        source = figure.spec.get("measure")
        if source in {*GIVEN, "target"} and not is_plain_task(figure):
            counted[figure.name] = None
        elif source in {"returns", "elapsed"} or (source and row.holder in method.stated_totals):
            counted[figure.name] = found.get(figure.name)
        elif source not in {None, "external", "target"}:
            counted[figure.name] = Fraction(0)
    return counted


def assesses_units(folder: str) -> bool:
    """Whether its groups say whom they assess; a collection of bulletins of many places does not."""
    method = read_method((METHODS / folder / "method.yaml").read_text(encoding="utf-8"))
    return all(group.kinds or group.units for group in method.groups)


@pytest.mark.django_db
@pytest.mark.parametrize("folder", [each for each in FOLDERS if assesses_units(each)])
def test_a_method_that_we_ship_is_scored_live_as_on_paper(folder):
    text = (METHODS / folder / "method.yaml").read_text(encoding="utf-8")
    method, table = read_method(text), (METHODS / folder / "figures.csv").read_bytes()
    figures = read_figures_table(read_table(table, name="figures.csv"), method)
    place = founded(method, figures)
    adopt_method(place=place.place, text=text, by=place.chief, at=NOON)
    tell(place, method, figures)

    scored = live(place.place.pk, day=TODAY)

    assert scored is not None
    on_paper = score(method, as_told(method, figures, scored))
    assert as_json(scored.sheet) == as_json(on_paper)


@pytest.mark.django_db
def test_a_bulletin_of_attendance_follows_from_the_trips_that_were_reported():
    county = make_county()
    text = (METHODS / "alar-2021-09" / "method.yaml").read_text(encoding="utf-8")
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    far, near = (make_group(county, name=name) for name in ("食品招商组", "纺织招商组"))
    make_group(county, name="文旅招商组")
    county.units.update({far.name: far, near.name: near})
    own, other = (post_of(county.units[name]).pk for name in ("青山镇", "柳河镇"))
    make_contact(county, unit=far.name, half_days=3, present=(own, other))
    make_contact(county, unit=near.name, half_days=5, present=(own,))
    make_contact(county, unit=near.name, half_days=9, present=(own,), on=date(2026, 10, 9))

    scored = live(county.place.pk, day=TODAY, code="attendance")

    assert scored is not None
    board = scored.sheet.boards[0]
    assert [(row.holder, row.place, row.value) for row in board.rows] == [
        ("食品招商组", 1, 3),  # two people for a day and a half
        ("纺织招商组", 2, Fraction(5, 2)),  # what was in October counts for the year only
    ]
    assert [listed.holders for listed in scored.sheet.lists] == [("文旅招商组",)]
    assert scored.sheet.values["纺织招商组"]["累计天数"] == 7
