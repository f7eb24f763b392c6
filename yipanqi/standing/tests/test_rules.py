"""Stages, days and lamps follow from what is recognised."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.core.problems import Weight
from yipanqi.place.factories import settings_text
from yipanqi.place.rules import parsed
from yipanqi.standing.rules import (
    Colour,
    Due,
    Outcome,
    days_overdue,
    dues_of,
    first_due,
    lamp_of,
    missing,
    next_node,
    stage_of,
    verdict_problems,
)

SETTINGS = parsed(settings_text())
ORDER = SETTINGS.order
SIGNED = date(2026, 5, 9)
REACHED = st.dictionaries(st.sampled_from(ORDER), st.dates(date(2024, 1, 1), date(2026, 12, 31)))


def lamp(**given):
    said = {
        "settings": SETTINGS,
        "due_code": "signed_not_registered",
        "due_on": None,
        "signed_on": SIGNED,
        "last_fact_on": SIGNED,
        "finished": False,
        "as_of": SIGNED,
        **given,
    }
    return lamp_of(**said)


@given(reached=REACHED)
def test_a_project_stands_at_the_furthest_node_recognised(reached):
    stage = stage_of(ORDER, reached)

    assert (stage in reached) or (stage == "" and not reached)
    assert all(ORDER.index(node) <= ORDER.index(stage) for node in reached)


def test_the_next_node_is_the_one_after_the_stage():
    assert next_node(ORDER, "") == "lead"
    assert next_node(ORDER, "signed") == "registered"
    assert next_node(ORDER, ORDER[-1]) is None


@given(reached=REACHED)
def test_a_day_is_due_exactly_while_one_node_is_reached_and_the_other_is_not(reached):
    dues = dues_of(SETTINGS.not_yets, reached, {})

    for entry in SETTINGS.not_yets:
        awaited = entry.reached in reached and entry.missing not in reached
        assert (entry.code in dues) is awaited
        if awaited:
            begun = reached[entry.reached]
            assert dues[entry.code] == Due(begun, begun + timedelta(days=entry.days))


def test_a_plan_of_its_own_moves_the_day():
    planned = date(2026, 9, 1)

    dues = dues_of(SETTINGS.not_yets, {"signed": SIGNED}, {"registered": planned})

    assert dues["signed_not_registered"] == Due(SIGNED, planned)
    assert dues["signed_not_started"] == Due(SIGNED, SIGNED + timedelta(days=180))


def test_the_first_due_day_is_among_those_that_are_listed():
    dues = dues_of(SETTINGS.not_yets, {"signed": SIGNED, "land": SIGNED}, {})
    unlisted = {"signed_not_started": dues["signed_not_started"]}

    assert first_due(dues, SETTINGS.not_yets) == ("signed_not_registered", date(2026, 6, 8))
    assert first_due(unlisted, SETTINGS.not_yets) is None


def test_days_overdue_begin_after_the_day():
    assert days_overdue(SIGNED, as_of=SIGNED) == 0
    assert days_overdue(SIGNED, as_of=SIGNED + timedelta(days=3)) == 3


@pytest.mark.parametrize(
    ("given", "colour", "words"),
    [
        ({"due_on": SIGNED - timedelta(days=2)}, Colour.RED, "注册逾期 2 天"),
        ({"due_on": SIGNED, "due_code": "gone"}, Colour.AMBER, "gone今天到期"),
        ({"due_on": SIGNED}, Colour.AMBER, "注册今天到期"),
        ({"due_on": SIGNED + timedelta(days=10)}, Colour.AMBER, "注册还剩 10 天"),
        (
            {"due_on": SIGNED + timedelta(days=11)},
            Colour.GREEN,
            "注册按期，2026-05-20 到期",
        ),
        ({"last_fact_on": SIGNED - timedelta(days=61)}, Colour.RED, "61 天没有进展"),
        (
            {"last_fact_on": SIGNED - timedelta(days=61), "due_on": SIGNED + timedelta(days=99)},
            Colour.RED,
            "61 天没有进展",
        ),
        ({"last_fact_on": SIGNED - timedelta(days=61), "finished": True}, Colour.GREEN, "已投产"),
        ({"last_fact_on": SIGNED - timedelta(days=60)}, Colour.NONE, "没有待办期限"),
        ({"last_fact_on": None}, Colour.NONE, "没有待办期限"),
        ({"signed_on": None}, Colour.NONE, "尚未签约"),
    ],
)
def test_a_lamp_says_in_words_what_its_colour_says(given, colour, words):
    shown = lamp(**given)

    assert (shown.colour, shown.words) == (colour, words)


def test_everything_that_is_missing_for_a_node_is_told_with_its_clause():
    told = list(missing(SETTINGS.requirements, "started", {"signed"}, SETTINGS))

    assert [str(p) for p in told] == [
        "开工：缺“供地”的认定：供地：成交确认书或厂房租赁合同（规程第十二条）"
    ]
    assert not list(missing(SETTINGS.requirements, "started", {"land"}, SETTINGS))


def test_a_place_may_make_a_requirement_a_warning():
    told = list(missing(SETTINGS.requirements, "signed", (), SETTINGS))

    assert [p.weight for p in told] == [Weight.WARNS]


@pytest.mark.parametrize(
    ("outcome", "reason", "refused"),
    [
        (Outcome.ACCEPTED, "", False),
        (Outcome.RETURNED, "  ", True),
        (Outcome.RETURNED, "合同未盖章", False),
        (Outcome.FALSIFIED, "", True),
    ],
)
def test_whoever_returns_says_why(outcome, reason, refused):
    assert bool(list(verdict_problems(outcome, reason))) is refused
