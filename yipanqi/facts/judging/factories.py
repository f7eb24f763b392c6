"""One valid round of each kind, and sheets written in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from yipanqi.facts.judging.actions import open_round, write_sheet
from yipanqi.facts.judging.models import OpenSheet, Round, SecretSheet
from yipanqi.facts.judging.rules import Asked, Block, NewRound, Side, Way, Word
from yipanqi.org.factories import NOON, County

TOWNS = ("青山镇", "柳河镇")
OFFICE = "统计局"
PARTS_OF = {
    Way.JUDGED: (Asked("环境", 0, 1000), Asked("批评", -2000, -500)),
    Way.RATING: (Asked("研究深度", 0, 500), Asked("信息", 0, 500), Asked("配合", 0, 500)),
    Way.BALLOT: (),
    Way.SELF: (Asked("签约项目", 0, 3000), Asked("环境", 0, 1000)),
}


def make_round(
    county: County,
    way: Way = Way.JUDGED,
    *,
    holders: Sequence[str] = TOWNS,
    sides: Sequence[Side] = (),
    at: datetime = NOON,
    **changes: Any,  # parts of a new round
) -> Round:
    """A round about two townships for 2026: an office judges, offices rate, two people vote."""
    keys = tuple(county.units[name].pk for name in holders)
    said: dict[str, Any] = {
        "way": way,
        "name": {Way.JUDGED: "年度评定", Way.SELF: "年度自评"}.get(way, "部门评价"),
        "first_on": date(2026, 1, 1),
        "last_on": date(2026, 12, 31),
        "opens_on": date(2026, 11, 1),
        "due_on": date(2026, 11, 30),
        "blocks": (Block("乡镇组", keys, PARTS_OF[way]),),
        "sides": tuple(sides) or (Side("", 100, _raters(county, way, keys)),),
        "top": 10_000 if way is Way.BALLOT else 0,
        "step": 200 if way is Way.BALLOT else 0,
    }
    new = NewRound(**{**said, **changes})
    return open_round(place=county.place, new=new, by=county.clerk, at=at)


def _raters(county: County, way: Way, holders: tuple[int, ...]) -> tuple[int, ...]:
    if way is Way.SELF:
        return holders
    if way is Way.BALLOT:
        return (county.leader.pk, county.verifier().pk)
    offices = (OFFICE,) if way is Way.JUDGED else (OFFICE, "财政局")
    return tuple(county.units[name].pk for name in offices)


def make_sheet(
    county: County,
    judging: Round,
    rater: str,
    said: dict[str, dict[str, int] | int],
    *,
    reason: str = "现场核查",
    at: datetime = NOON,
) -> OpenSheet | SecretSheet:
    """A sheet of a unit, or of somebody by account: points by holder and item, or places by holder."""
    words = [
        Word(county.units[holder].pk, item, points, reason if judging.way == Way.JUDGED else "")
        for holder, told in said.items()
        for item, points in (told.items() if isinstance(told, dict) else [("", told)])
    ]
    unit = county.units.get(rater)
    key = unit.pk if unit else county.people[rater].pk
    return write_sheet(judging=judging, rater=key, words=words, by=county.people.get(rater), at=at)
