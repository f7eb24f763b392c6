"""Who answers for what: a leader's seat is paired with a unit, an enterprise or a line of work."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse_if_blocked
from yipanqi.ledger.actions import Actor, Line, append, hold
from yipanqi.ledger.models import subject_of
from yipanqi.ledger.rules import Payload
from yipanqi.org.actions.units import end_tie
from yipanqi.org.models import Pairing, Unit
from yipanqi.org.rules import Kind, Matter


@transaction.atomic
def pair(
    *,
    seat: Unit,
    by: Actor | None,
    at: datetime,
    unit: Unit | None = None,
    matter: Matter = Matter.UNIT,
    name: str = "",
) -> Pairing:
    """A leader's seat answers for a unit, or for an enterprise or line of work by name, from now on."""
    hold()
    pairing = Pairing(seat=seat, matter=matter, unit=unit, name=name)
    refuse_if_blocked(_pair_problems(pairing))
    told: Payload = {
        "seat_id": seat.pk,
        "unit_id": unit.pk if unit else None,
        "matter": matter,
        "name": name,
    }
    line = Line("pair", subject_of(pairing.about), told)
    pairing.from_seq = append([line], by=by, at=at)[-1].seq
    pairing.save()
    return pairing


def _pair_problems(pairing: Pairing) -> Iterator[Problem]:
    seat, unit = pairing.seat, pairing.unit
    if seat.kind != Kind.SEAT or seat.closed_on:
        yield Problem(text=_("“%s”不是在任的县领导岗位，不能包保") % seat, where=_("包保领导"))
    if (pairing.matter == Matter.UNIT) != (unit is not None) or (unit is None) != bool(
        pairing.name
    ):
        yield Problem(text=_("包保单位要选单位；包保企业、战线要写名称"), where=_("包保对象"))
        return
    if unit and (unit.closed_on or unit.place_id != seat.place_id or unit.kind == Kind.SEAT):
        yield Problem(text=_("包保对象要是本地方现有的单位"), where=_("包保对象"))
    same = Pairing.objects.current().filter(
        seat=seat, matter=pairing.matter, unit=unit, name=pairing.name
    )
    if same.exists():
        told = _("%(what)s已经由%(seat)s包保")
        yield Problem(text=told % {"what": pairing.with_what, "seat": seat}, where=_("包保"))


@transaction.atomic
def unpair(pairing: Pairing, *, by: Actor | None, at: datetime, reason: str = "") -> None:
    """A leader's seat no longer answers for something; that it did stays known."""
    hold()
    end_tie("unpair", pairing, by=by, at=at, reason=reason)
