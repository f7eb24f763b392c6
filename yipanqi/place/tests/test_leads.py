"""Who must lead a project of which size, and what of that it lacks."""

import pytest
import yaml

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.core.problems import Refused, Weight
from yipanqi.place.factories import PRESET
from yipanqi.place.rules import Leads, lead_problems, parsed

PAGE = yaml.safe_load(PRESET.read_text(encoding="utf-8"))
RULE = {
    "leads": {"both_from": 10000, "clause": "第六条"},
    "leaders": [{"band": "b4", "within": 9}, {"band": "b5", "within": 3}],
}


def read(**changes):
    return parsed(yaml.safe_dump({**PAGE, **changes}, allow_unicode=True))


def lacking(yi, *, industry=True, locality=True, rank=0):
    settings = read(**RULE)
    fen = yi * FEN_PER_YI
    found = lead_problems(
        settings.leads,
        fen=fen,
        bands=settings.bands_of(fen),
        industry=industry,
        locality=locality,
        rank=rank,
    )
    return [problem.text for problem in found]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"yi": 1}, []),
        ({"yi": 1, "industry": False}, ["行业主管部门"]),
        ({"yi": 1, "locality": False}, ["属地"]),
        ({"yi": 0, "industry": False, "locality": False, "rank": None}, []),
        ({"yi": 5, "rank": 8}, []),
        ({"yi": 5, "rank": 9}, ["前 9 位"]),
        ({"yi": 10, "rank": 8}, ["前 3 位"]),
        ({"yi": 10, "rank": None}, ["前 3 位"]),
    ],
)
def test_the_larger_the_project_the_more_must_lead(case, words):
    found = lacking(**case)

    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))


def test_what_is_lacking_warns_and_names_its_clause():
    [problem] = lead_problems(
        Leads(both_from_fen=1, clause="第六条"),
        fen=1,
        bands=(),
        industry=False,
        locality=True,
        rank=None,
    )

    assert (problem.weight, problem.clause) == (Weight.WARNS, "第六条")


def test_a_place_that_says_nothing_asks_for_nothing_and_checks_every_thirty_days():
    page = {key: value for key, value in PAGE.items() if key not in {*RULE, "pairings"}}
    settings = parsed(yaml.safe_dump(page, allow_unicode=True))

    assert settings.leads == Leads()
    assert settings.check_days == 30


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"leaders": [{"band": "b9", "within": 3}]}, "没有“b9”这个规模档"),
        ({"leaders": [{"band": "b5", "within": 0}]}, "within 至少是 1"),
        ({"leaders": [{"band": "b5"}]}, "缺少“within”"),
        ({"pairings": {"check_days": 0}}, "至少隔 1 天"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_with_its_place(changes, words):
    with pytest.raises(Refused, match=words):
        read(**changes)
