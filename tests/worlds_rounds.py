"""Rounds of judging of every way, for the world in which the matrix is asked."""

from collections.abc import Iterator

from tests.things import Thing
from yipanqi.facts.activities.factories import post_of
from yipanqi.facts.judging.factories import make_round
from yipanqi.facts.judging.rules import Side, Way
from yipanqi.org.rules import Can
from yipanqi.standing.factories import County

RATERS = {Way.JUDGED: "统计局", Way.RATING: "统计局", Way.BALLOT: "县长岗位", Way.SELF: "青山镇"}


def rounds_of(county: County) -> Iterator[Thing]:
    """A round of every way, seen by the whole place and written in by one unit or person."""
    whole, place = frozenset({county.place.path}), county.place.path
    for way, rater in RATERS.items():
        unit = county.units[rater]
        key = post_of(unit).person_id if way is Way.BALLOT else unit.pk
        one = make_round(county, way, sides=[Side("", 100, (key,))])
        fills = dict.fromkeys(("round_fill", "api sheet_new"), frozenset({unit.path}))
        yield Thing({"round_id": one.pk}, whole, place, Can.SEE_SCORE, fills)
