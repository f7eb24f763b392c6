"""The first half of November has its bulletin: issued on a Friday, signed for by most by Monday."""

from collections.abc import Iterable
from datetime import date

from yipanqi.cli.demo.playing import Player, Told
from yipanqi.cli.founding import Stage, moment
from yipanqi.dispatch.actions import issue_bulletin, sign_for
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.rules import recipients
from yipanqi.documents.papers.reads import REMARKS
from yipanqi.org.models import Person
from yipanqi.org.rules import Role

ISSUED_ON, MONDAY = date(2026, 11, 13), date(2026, 11, 16)
EVENING = 20
"""After everything else of a day."""

EVERY_SIXTH = 6
"""So many units leave one that has not signed yet; the first of them is 青山镇."""


def play_with_bulletin(player: Player, told: Iterable[Told]) -> None:
    """The year's stories, and between them the bulletin and those who sign for it."""
    steps = list(told)
    player.play(one for one in steps if one[1].on <= ISSUED_ON)
    bulletin = _issue(player.stage)
    _sign(player.stage, bulletin, on=ISSUED_ON, half=0)
    player.play(one for one in steps if ISSUED_ON < one[1].on <= MONDAY)
    _sign(player.stage, bulletin, on=MONDAY, half=1)
    player.play(one for one in steps if one[1].on > MONDAY)


def _issue(stage: Stage) -> Bulletin:
    chief = Person.objects.get(
        posts__role=Role.CHIEF, posts__unit__path__startswith=stage.place.path
    )
    at = moment(ISSUED_ON, EVENING)
    return issue_bulletin(place=stage.place, remarks=REMARKS, by=chief, at=at)


def _sign(stage: Stage, bulletin: Bulletin, *, on: date, half: int) -> None:
    """Every unit that has a liaison, one half of them at a time; some have not signed by today."""
    sent = [name for name in recipients(bulletin.said).values() if name in stage.people]
    for place, name in enumerate(sent):
        if place % EVERY_SIXTH and place % 2 == half:
            hand, at = stage.people[name], moment(on, EVENING)
            sign_for(bulletin=bulletin, unit=stage.units[name], by=hand, at=at)
