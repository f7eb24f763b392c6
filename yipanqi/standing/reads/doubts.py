"""What speaks against registering a project, though nothing forbids it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Refused, Weight
from yipanqi.facts.projects.rules import credit_code_problems
from yipanqi.org.models import Person, Unit
from yipanqi.standing.reads.doubles import Double, doubles_of


@dataclass(frozen=True)
class Doubts:
    """What should be looked at once more; whoever has seen exactly these may go on."""

    problems: tuple[Problem, ...] = ()
    doubles: tuple[Double, ...] = ()

    @property
    def seal(self) -> str:
        """Stands for exactly these doubts: another one found meanwhile is shown first."""
        told = [*(p.text for p in self.problems), *(str(d.project.pk) for d in self.doubles)]
        return hashlib.sha256("|".join(told).encode()).hexdigest()[:16] if told else ""

    def told(self) -> Iterator[Problem]:
        """Each of them in a sentence; of a double out of sight only its code and units."""
        yield from self.problems
        for double in self.doubles:
            project = double.project
            name = f"“{project.name}”（{project.code}）" if double.visible else project.code
            text = _("可能与 %(name)s 是同一个项目，参与单位：%(units)s")
            yield Problem(
                text=text % {"name": name, "units": double.units},
                where=_("查重"),
                weight=Weight.WARNS,
            )


class Doubted(Refused):
    """Somebody should look once more before this is registered."""

    def __init__(self, doubts: Doubts) -> None:
        self.doubts = doubts
        super().__init__(doubts.told())


def doubts_of(typed: Mapping[str, Any], place: Unit, person: Person) -> Doubts:
    """What in the particulars looks wrong, and which projects may be the same one."""
    doubles = doubles_of(
        name=typed["name"], investor=typed["investor"], place_id=place.pk, person=person
    )
    return Doubts(tuple(credit_code_problems(typed["credit_code"])), tuple(doubles))


def refuse_doubted(doubts: Doubts, confirmed: str) -> None:
    """Raise `Doubted`, unless somebody has seen exactly these doubts."""
    if doubts.seal and doubts.seal != confirmed:
        raise Doubted(doubts)
