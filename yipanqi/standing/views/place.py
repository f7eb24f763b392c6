"""What the place's words mean, and what stands in the ledger."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from yipanqi.core.numbers import grouped
from yipanqi.core.problems import Weight
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import checkpoint
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.adoption import listed_versions
from yipanqi.standing.reads.books import KINDS, SHOWN, entries_of, subject_named, written
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in


@needs(Can.SEE_PLACE)
def place(request: PersonRequest) -> HttpResponse:
    """The definitions in force today, in words, and every version there is."""
    return _place(request, None)


@needs(Can.SEE_PLACE)
def place_version(request: PersonRequest, version_id: int) -> HttpResponse:
    """One version: what it says, when it was adopted and by whom."""
    return _place(request, version_id)


def _place(request: PersonRequest, version_id: int | None) -> HttpResponse:
    """A version in words among the others; the one in force where none is asked for."""
    versions = SettingsVersion.objects.visible_to(request.user).filter(place=request.user.place_id)
    listed = list(versions.select_related("place").order_by("-happened_on", "-seq"))
    today = here(request).today
    current = next((one for one in listed if one.happened_on <= today), None)
    shown = next((one for one in listed if one.pk == version_id), None) if version_id else current
    if version_id and shown is None:
        raise Http404
    context = {
        "versions": listed_versions(listed, today),
        "shown": shown,
        "current": current,
        "settings": shown and shown.settings,
        "gates": shown and in_words(shown.settings),
    }
    return render(request, "standing/place.html", context)


def in_words(settings: Settings) -> dict[str, object]:
    """Gates, nots and rates with the names of the nodes in place of their codes."""
    name = settings.name_of
    return {
        "requirements": [
            {
                "before": name(gate.before),
                "needs": name(gate.needs),
                "says": gate.says,
                "clause": gate.clause,
                "blocks": gate.weight is Weight.BLOCKS,
            }
            for gate in settings.requirements
        ],
        "not_yets": [
            {**vars(late), "reached": name(late.reached), "missing": name(late.missing)}
            for late in settings.not_yets
        ],
        "rates": [{**vars(rate), "yuan": grouped(rate.yuan, 6)} for rate in settings.rates],
    }


@needs(Can.SEE_LEDGER)
def ledger(request: PersonRequest) -> HttpResponse:
    """The newest entries, of one kind or about one subject if so wished, and the checkpoint."""
    subject, kind = request.GET.get("subject", "").strip(), request.GET.get("kind", "")
    before = number_in(request, "before")
    entries = _asked(entries_of(request.user), request.user, subject, kind)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    rows = list(entries[: SHOWN + 1])
    context = {
        "rows": written(rows[:SHOWN]),
        "kinds": KINDS.items(),
        "kind": kind,
        "subject": subject,
        "checkpoint": checkpoint(),
        "before": before,
        "older": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
    }
    return render(request, "standing/ledger.html", context)


def _asked(entries: QuerySet[Entry], person: Person, subject: str, kind: str) -> QuerySet[Entry]:
    """Entries narrowed to a subject and a kind, where they are given."""
    if subject:
        entries = entries.filter(subject=subject_named(subject, person))
    return entries.filter(kind=kind) if kind else entries
