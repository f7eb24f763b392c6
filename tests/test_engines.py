"""Both databases answer five hundred lists as one plain model does, and so answer them alike."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from yipanqi.core.lists import NOTHING, Sorting
from yipanqi.facts.projects.models import Part, Project
from yipanqi.org.models import Unit
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.factories import (
    County,
    bring_to,
    make_claim,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads.columns import COLUMNS
from yipanqi.standing.reads.grouping import Grouping
from yipanqi.standing.reads.listing import (
    Totals,
    Wanted,
    chosen,
    lamp_on,
    totals_of,
)
from yipanqi.standing.reads.nots import STALLED

QUERIES, PROJECTS = 500, 60
SORTED = [column for column in COLUMNS if column.field]
TODAY = date(2026, 11, 20)
NAMES = [
    "云岭食品",
    "ABC科技",
    "abc Tech",
    "100%有机",
    "a_b新材料",
    "光伏\\组件",
    "北山'石材",
    "零碳园",
]
PARTICULARS: dict[str, list[Any]] = {
    "industry": ["食品加工", "装备制造", "新材料", ""],
    "level": ["", "county", "city"],
    "investor": ["云岭集团", "Delta公司", ""],
    "total": [None, 0, 1, 2_999_999_999, 3_000_000_000, 10_000_000_000, 250_000_000_000],
}
UNITS = ["青山镇", "柳河镇", "经济开发区"]


@pytest.fixture
def county() -> County:
    """Sixty projects in all kinds of states, always the same ones."""
    dice = random.Random(1368)
    county = make_county()
    for number in range(PROJECTS):
        given = {name: dice.choice(values) for name, values in PARTICULARS.items()}
        project = make_project(
            county, unit=dice.choice(UNITS), name=f"{dice.choice(NAMES)}{number % 9}", **given
        )
        _advance(project, dice)
        if dice.random() < 0.1:
            Project.objects.filter(pk=project.pk).update(taken_back=True)
    return county


def _advance(project: Project, dice: random.Random) -> None:
    on = TODAY - timedelta(days=dice.randrange(0, 250))
    Project.objects.filter(pk=project.pk).update(last_fact_on=on)
    if dice.random() < 0.8:
        bring_to(project, dice.choice(["signed", "registered", "land", "produced"]), on=on)
    if dice.random() < 0.3:
        recognise(project, "funds", amount=dice.randrange(1, 10**9), on=on)
    if dice.random() < 0.2:
        make_claim(project, "statistics", on=on)


def any_wanted(dice: random.Random, settings: Settings) -> Wanted:
    """One to three questions at once."""
    units = list(Unit.objects.filter(name__in=[*UNITS, "招商促进局"]).values_list("pk", flat=True))
    texts = ["云岭", "ABC", "abc t", "%", "_b", "\\", "北山'", "qh-2026-0000", "1", "没有"]
    answers: dict[str, list[Any]] = {
        "text": texts,
        "stage": ["signed", "land", "produced", NOTHING],
        "lamp": ["r", "y", "g", "n"],
        "not_yet": [*(entry.code for entry in settings.not_yets), STALLED],
        "unit_id": units,
        "role": ["introducer", "lead", "verifier"],
        "industry": ["食品加工", "新材料", NOTHING],
        "band": [*(band.code for band in settings.bands), "gone"],
        "level": ["county", "city"],
    }
    asked = dice.sample(sorted(answers), dice.randrange(0, 4))
    return Wanted(**{name: dice.choice(answers[name]) for name in asked})


class Model:
    """The register as plain values, and what each question means in them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.projects = list(Project.objects.filter(taken_back=False))
        self.parts = [(p.project_id, p.unit_id, p.role) for p in Part.objects.current()]
        self.late = {
            (row.project_id, row.code) for row in Deadline.objects.current() if row.due_on < TODAY
        }

    def answers(self, wanted: Wanted) -> list[Project]:
        asked = {name: value for name, value in vars(wanted).items() if value}
        takes_part = {name: asked.pop(name) for name in ("unit_id", "role") if name in asked}
        tests: list[Callable[[Project], bool]] = [
            lambda p, name=name, value=value: getattr(self, name)(p, value)  # type: ignore[misc]
            for name, value in asked.items()
        ]
        return [
            p
            for p in self.projects
            if all(test(p) for test in tests) and self.takes_part(p, **takes_part)
        ]

    def takes_part(self, project: Project, unit_id: int = 0, role: str = "") -> bool:
        if not unit_id and not role:
            return True
        return any(
            of == project.pk
            and (not unit_id or unit == unit_id)
            and (kind == role if role else kind != "verifier")
            for of, unit, kind in self.parts
        )

    def text(self, project: Project, text: str) -> bool:
        words = (project.name, project.investor, project.company, project.code)
        return text.lower() in " ".join(words).lower()

    def stage(self, project: Project, stage: str) -> bool:
        return project.stage == ("" if stage == NOTHING else stage)

    def industry(self, project: Project, industry: str) -> bool:
        return project.industry == ("" if industry == NOTHING else industry)

    def level(self, project: Project, level: str) -> bool:
        return project.level == level

    def band(self, project: Project, code: str) -> bool:
        least = {band.code: band.at_least_fen for band in self.settings.bands}
        return code not in least or (project.total_fen or -1) >= least[code]

    def lamp(self, project: Project, colour: str) -> bool:
        return lamp_on(project, self.settings, TODAY).colour == colour

    def not_yet(self, project: Project, code: str) -> bool:
        if code != STALLED:
            return (project.pk, code) in self.late
        idle = (TODAY - project.last_fact_on).days > self.settings.stalled_days
        return project.signed_on is not None and idle and project.stage != "produced"


def in_order(projects: list[Project], asked: str) -> list[int]:
    """Sorted in steps, each of which keeps the order of the one before; what is unknown comes last."""
    field = {column.key: column.field for column in COLUMNS}[asked.removeprefix("-")]
    down = asked.startswith("-")
    by_key = sorted(projects, key=lambda p: p.pk, reverse=down)
    known = [p for p in by_key if getattr(p, field) is not None]
    known.sort(key=lambda p: getattr(p, field), reverse=down)
    return [p.pk for p in (*known, *(p for p in by_key if getattr(p, field) is None))]


@pytest.mark.django_db
def test_five_hundred_lists_are_answered_as_the_plain_model_answers_them(county):
    settings = settings_on(county.place.pk, TODAY)
    model, dice = Model(settings), random.Random(500)
    filled = 0

    for _ in range(QUERIES):
        wanted = any_wanted(dice, settings)
        asked = dice.choice(["", "-"]) + dice.choice(SORTED).key
        rows = chosen(Project.objects.visible_to(county.clerk), wanted, settings, TODAY)
        expected = model.answers(wanted)
        filled += bool(expected)

        found = list(Sorting.of(COLUMNS, asked).apply(rows).values_list("pk", flat=True))

        assert found == in_order(expected, asked), (wanted, asked)
        assert totals_of(rows) == added_up(expected), wanted
        assert grouped(rows, wanted, settings) == grouped_by_hand(expected), wanted
    assert filled > QUERIES / 3


def added_up(projects: list[Project]) -> Totals:
    stated = [p.total_fen for p in projects if p.total_fen is not None]
    return Totals(len(projects), sum(stated), len(projects) - len(stated))


def grouped(rows: Any, wanted: Wanted, settings: Settings) -> dict[str, tuple[int, int]]:
    groups = Grouping(wanted, settings, TODAY).groups(rows, "industry")
    return {group.key: (group.number, group.total_fen) for group in groups}


def grouped_by_hand(projects: list[Project]) -> dict[str, tuple[int, int]]:
    keys = {p.industry for p in projects}
    return {
        key or NOTHING: (
            sum(p.industry == key for p in projects),
            sum(p.total_fen or 0 for p in projects if p.industry == key),
        )
        for key in keys
    }
