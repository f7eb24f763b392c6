"""The library as it is read: which documents there are, what rests on each, which are missing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.facts.pledges.models import PledgeRound
from yipanqi.facts.returns.models import Mobilisation
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Charter
from yipanqi.place.models import Document, SettingsVersion
from yipanqi.place.rules.documents import Known, named_in, titles_in


@dataclass(frozen=True)
class Citing:
    """One place that rests on a document: what it is, the clause, and the page that shows it.

    `filed` is whether the library has the document.
    """

    title: str
    what: str
    clause: str
    url: str
    count: int = 1
    filed: bool = False


class State(StrEnum):
    """How a document stands on a day."""

    AHEAD = "ahead"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"


def state_of(document: Document, successor: Document | None, *, on: date) -> State:
    """Whether an edition holds on a day."""
    if document.valid_from > on:
        return State.AHEAD
    if document.valid_to and document.valid_to < on:
        return State.LAPSED
    if successor and successor.valid_from <= on:
        return State.SUPERSEDED
    return State.IN_FORCE


def editions_of(document: Document) -> list[Document]:
    """Every edition of a document, the newest first."""
    chain = {one.pk: one for one in Document.objects.filter(place=document.place_id)}
    after = {one.supersedes_id: one for one in chain.values() if one.supersedes_id}
    newest = document
    while newest.pk in after:
        newest = after[newest.pk]
    listed = [newest]
    while (before := chain.get(listed[-1].supersedes_id or 0)) is not None:
        listed.append(before)
    return listed


def citings(place_id: int, *, on: date) -> dict[str, list[Citing]]:
    """Everything of a place that rests on documents, by the title that it names."""
    texts = list(_texts(place_id, on))
    filed = Document.objects.filter(place=place_id).values_list("title", "number")
    known = [Known(title, number) for title, number in filed]
    have = {one.title for one in known}
    known += [Known(title) for text, _one in texts for title in titles_in(text)]
    found: dict[str, list[Citing]] = defaultdict(list)
    for text, one in texts:
        for title in named_in(text, known, first=one.title):
            found[title].append(replace(one, title=title, filed=title in have))
    return found


def missing(found: dict[str, list[Citing]]) -> list[tuple[str, list[Citing]]]:
    """Titles that something rests on and the library does not have."""
    return sorted((title, cited) for title, cited in found.items() if not cited[0].filed)


def _texts(place_id: int, on: date) -> Iterator[tuple[str, Citing]]:
    """Texts that name documents; `title` is the one meant where a clause names none."""
    settings = SettingsVersion.objects.filter(place=place_id, happened_on__lte=on)
    if (version := settings.order_by("-happened_on", "-seq").first()) is not None:
        yield from _settings(version)
    for method in MethodVersion.objects.all_in_force(place_id, seq=OPEN):
        yield from _method(method)
    yield from _targets(place_id)
    yield from _calls(place_id)
    yield from _rounds(place_id)
    yield from _charters(place_id)


def _settings(version: SettingsVersion) -> Iterator[tuple[str, Citing]]:
    settings, url = version.settings, door("place")
    main = next(iter(named_in(settings.basis, ())), "")
    yield settings.basis, Citing("", _("口径"), "", url)
    for gate in settings.requirements:
        what = _("闸口前置：%(node)s") % {"node": settings.name_of(gate.before)}
        yield gate.clause, Citing(main, what, gate.clause, url)
    for late in settings.not_yets:
        what = _("五未：%(name)s") % {"name": late.name}
        yield late.clause, Citing(main, what, late.clause, url)


def _method(version: MethodVersion) -> Iterator[tuple[str, Citing]]:
    method, url = version.method, f"{door('method')}?method={version.code}"
    source = method.source or f"《{method.title}》"
    main = next(iter(named_in(source, ())), "")
    yield source, Citing("", _("考核办法"), "", url)
    for clause, what in _clauses(version):
        yield f"《{main}》{clause}", Citing(main, what, clause, url)


def _clauses(version: MethodVersion) -> Iterator[tuple[str, str]]:
    method = version.method
    for group in method.groups:
        for item in group.items:
            if item.clause:
                what = _("计分项：%(group)s %(item)s") % {"group": group.group, "item": item.item}
                yield item.clause, what
    for veto in method.vetoes:
        if veto.clause:
            yield veto.clause, _("一票否决：%(veto)s") % {"veto": veto.veto}


def _targets(place_id: int) -> Iterator[tuple[str, Citing]]:
    """Tasks that were set on the same basis are one line with their number."""
    rows = Target.objects.filter(holder__path__startswith=f"/{place_id}/").order_by()
    for basis, year, number in rows.values_list("basis", "year").annotate(n=Count("pk")):
        what = _("%(year)s 年目标任务") % {"year": year}
        yield basis, Citing("", what, basis, door("targets"), number)


def _calls(place_id: int) -> Iterator[tuple[str, Citing]]:
    """Calls to mobilise name the edition itself."""
    calls = Mobilisation.objects.filter(place=place_id, document__isnull=False)
    for call in calls.select_related("document").order_by("seq"):
        what = _("动员部署：%(subject)s") % {"subject": call.subject}
        yield (
            str(call.document),
            Citing("", what, call.clause, f"{door('mobilised')}?call={call.pk}"),
        )


def _rounds(place_id: int) -> Iterator[tuple[str, Citing]]:
    """Each word on when pledges are to be signed."""
    rounds = PledgeRound.objects.filter(place=place_id, document__isnull=False)
    for called in rounds.select_related("document").order_by("seq"):
        what = _("%(year)s 年军令状") % {"year": called.year}
        url = f"{door('pledges')}?year={called.year}"
        yield str(called.document), Citing("", what, called.clause, url)


def _charters(place_id: int) -> Iterator[tuple[str, Citing]]:
    """What groups that still stand were founded on."""
    charters = Charter.objects.filter(
        unit__path__startswith=f"/{place_id}/", unit__closed_on__isnull=True
    )
    for charter in charters.exclude(basis="").select_related("unit").order_by("pk"):
        what = _("组建依据：%(group)s") % {"group": charter.unit.name}
        yield charter.basis, Citing("", what, charter.basis, door("unit", charter.unit_id))


def door(name: str, *keys: int) -> str:
    """The address of a page; none where its module is not installed."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""


def number_of(cited: Sequence[Citing]) -> int:
    """How many records and sentences rest on a document."""
    return sum(one.count for one in cited)
