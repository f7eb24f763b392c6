"""New definitions come into force: what is due of every project follows them from that entry on."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.actions import BATCH, Actor, Line, append, hold
from yipanqi.ledger.models import subject_of
from yipanqi.org.models import Unit
from yipanqi.place.actions import adopt_settings
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import adoption_problems, parsed
from yipanqi.standing.actions.settling import settle
from yipanqi.standing.measures.indicators import measures_of
from yipanqi.standing.reads import Versions
from yipanqi.standing.reads.adoption import in_force
from yipanqi.standing.rules import IN_FORCE


@transaction.atomic
def adopt_definitions(
    *,
    place: Unit,
    text: str,
    by: Actor | None,
    at: datetime,
    after: int | None = None,
    back_dated: bool = False,
) -> SettingsVersion:
    """Adopt a page of definitions (启用口径); what was judged stays judged.

    `after` is the number of the newest version when somebody saw what the page changes: where another
    has come since, they saw something else. Refuses indicators whose words no measure understands.
    """
    hold()
    versions = Versions.load()
    newest = max(versions.by_place.get(place.pk, ()), key=lambda v: v.number, default=None)
    if after is not None and after != (newest.number if newest else 0):
        raise refuse(_("别人刚刚启用了新的一版，请重新预览后再确认"), where=_("口径"))
    if newest is not None and newest.text.strip() == text.strip():
        told = _("与第 %(number)s 版一字不差，没有可启用的") % {"number": newest.number}
        raise refuse(told, where=_("口径"))
    settings, begun = parsed(text), versions.begun(place.pk, localdate(at))
    measures_of(settings.indicators)
    refuse_if_blocked(
        adoption_problems(
            settings,
            current=begun.settings if begun else None,
            today=localdate(at),
            back_dated=back_dated,
        )
    )
    version = adopt_settings(place=place, text=text, by=by, at=at)
    bring_into_force(by=by, at=at)
    return version


@transaction.atomic
def bring_into_force(*, by: Actor | None, at: datetime) -> Sequence[SettingsVersion]:
    """Let every version whose day has come hold (口径生效): deadlines and stages follow it.

    Does nothing where nothing has changed, so it may be asked at any time; answers what came.
    """
    today, come = localdate(at), []
    hold()
    known = Versions.load()
    for place_id, seq in in_force().items():
        version = known.begun(place_id, today)
        if version is not None and version.seq != seq:
            _enforce(version, by=by, on=today, at=at)
            come.append(version)
    return come


def _enforce(version: SettingsVersion, *, by: Actor | None, on: date, at: datetime) -> None:
    """Write that a version holds, and settle the place's projects from that entry on."""
    place = Unit.objects.get(pk=version.place_id)
    line = Line(IN_FORCE, subject_of(place), {"version": version.seq, "on": on.isoformat()})
    seq = append([line], by=by, at=at)[-1].seq
    keys = list(Project.objects.filter(place=place).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        settle(dict.fromkeys(keys[start : start + BATCH], seq), on=on)
