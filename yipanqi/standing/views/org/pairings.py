"""Which leader answers for which township, unit, enterprise, chain and line of work."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core.clock import now
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions import pair, unpair
from yipanqi.org.models import Pairing, Unit
from yipanqi.org.rules import Can, Kind, Matter
from yipanqi.standing.access import unit_for
from yipanqi.standing.forms.organise import PairForm, WhyForm, named
from yipanqi.standing.reads.organisation import answering, units_of, unled
from yipanqi.standing.views.org.sheet import Sheet, Typed, filled
from yipanqi.standing.views.sent import number_in, posted


@needs(Can.SEE_ORG)
def pairings(request: PersonRequest) -> HttpResponse:
    """Every leader with what the leader answers for, and who and what has none."""
    rows = answering(request.user)
    context = {
        "rows": rows,
        "idle": [row for row in rows if not row.pairings],
        "unled": unled(request.user),
        "settable": request.user.may(Can.SET_ORG),
    }
    return render(request, "standing/org/pairings.html", context)


@needs(Can.SET_ORG)
def pairing_new(request: PersonRequest) -> HttpResponse:
    """A leader answers for something from now on."""
    units = {unit.pk: unit for unit in units_of(request.user)}
    seats = [unit for unit in units.values() if unit.kind == Kind.SEAT]
    others = [unit for unit in units.values() if unit.kind not in {Kind.SEAT, Kind.PLACE}]
    initial = {"seat": number_in(request, "seat"), "unit": number_in(request, "unit")}
    form = PairForm(posted(request), seats=named(seats), units=named(others), initial=initial)

    def do(typed: Typed) -> None:
        seat = units[typed["seat"]]
        unit_for(request.user, seat.pk, Can.SET_ORG)
        pair(
            seat=seat,
            matter=Matter(typed["matter"]),
            unit=units.get(typed["unit"]),
            name=typed["name"].strip(),
            by=request.user,
            at=now(),
        )

    sheet = Sheet(
        heading=_("明确包保"), back=reverse("pairings"), submit=_("保存"), done=_("包保已明确")
    )
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def pairing_end(request: PersonRequest, pairing_id: int) -> HttpResponse:
    """A leader no longer answers for something; that the leader did stays known."""
    seen = Pairing.objects.filter(seat__in=Unit.objects.visible_to(request.user))
    pairing = get_object_or_404(seen.select_related("seat", "unit"), pk=pairing_id)
    unit_for(request.user, pairing.seat_id, Can.SET_ORG)

    def do(typed: Typed) -> None:
        unpair(pairing, by=request.user, at=now(), **typed)

    told = _("%(seat)s不再包保%(what)s") % {"seat": pairing.seat, "what": pairing.with_what}
    sheet = Sheet(
        heading=told,
        back=reverse("pairings"),
        submit=_("解除"),
        done=_("包保已解除，历史仍在"),
        danger=True,
    )
    return filled(request, WhyForm(posted(request)), sheet, do)
