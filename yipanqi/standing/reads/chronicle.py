"""All that happened to one project, read from the ledger itself: one query, nothing left out."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_in
from yipanqi.core.numbers import money, wan
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import Currency
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.place.rules import Settings
from yipanqi.standing.rules import Outcome

Payload = Mapping[str, Any]  # as the ledger holds it


@dataclass(frozen=True)
class Said:
    """What an office, or the unit itself, said of a claim afterwards."""

    outcome: str
    words: str
    who: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened: what, on which day, who wrote it down and when."""

    seq: int
    kind: str
    on: date
    recorded_at: datetime
    who: str
    title: str
    text: str = ""
    node: str = ""
    amount: str = ""
    note: str = ""
    files: tuple[Evidence, ...] = ()
    said: list[Said] = field(default_factory=list)
    plan: tuple[str, date] | None = None

    @property
    def waits(self) -> bool:
        """Whether it is a claim of which nobody has said anything yet."""
        return self.kind == CLAIM and not self.said

    @property
    def bad(self) -> bool:
        """Whether it no longer counts, or never did."""
        return bool(self.said) and self.said[-1].outcome != Outcome.ACCEPTED

    @property
    def recorded_on(self) -> date:
        """The day on which it was written down."""
        return localdate(self.recorded_at)


CLAIM = "fact:projects.claim"
VERDICT = "fact:standing.verdict"
WITHDRAWAL = "fact:projects.withdrawal"


@dataclass(frozen=True)
class Chronicle:
    """Everything that stands in the ledger about one project, the latest first."""

    events: list[Event]
    entries: int

    @property
    def waiting(self) -> frozenset[str]:
        """The nodes that are claimed and not decided."""
        return frozenset(event.node for event in self.events if event.waits)

    @property
    def plans(self) -> dict[str, date]:
        """The day set for each node, the newest word last."""
        planned = sorted((e for e in self.events if e.plan), key=lambda event: event.seq)
        return dict(event.plan for event in planned if event.plan)


def chronicle_of(project: Project, settings: Settings) -> Chronicle:
    """What happened to a project: claims with what was said of them, progress, plans, amendments."""
    entries = list(_entries(project))
    told = {
        entry.seq: event
        for entry in entries
        if (event := _event(entry, json.loads(entry.payload), settings))
    }
    for entry in entries:
        if entry.kind in (VERDICT, WITHDRAWAL):
            payload = json.loads(entry.payload)
            told[payload["claim_id"]].said.append(_said(entry, payload))
    latest = sorted(told.values(), key=lambda event: (event.on, event.seq), reverse=True)
    return Chronicle(latest, len(entries))


def _entries(project: Project) -> Iterable[Entry]:
    """The entries about a project, each with the names of who wrote it and for whom."""
    people = Person.objects.filter(pk=OuterRef("actor_id")).values("name")
    units = Unit.objects.filter(pk=OuterRef("unit_id")).values("name")
    entries = Entry.objects.about(project).order_by("seq")
    return entries.annotate(person_name=Subquery(people), unit_name=Subquery(units))


def _event(entry: Entry, payload: Payload, settings: Settings) -> Event | None:
    teller = TELLERS.get(entry.kind)
    if teller is None:
        return None
    happened = payload.get("happened_on")
    return Event(
        seq=entry.seq,
        kind=entry.kind,
        on=date.fromisoformat(happened) if happened else localdate(entry.recorded_at),
        recorded_at=entry.recorded_at,
        who=_who(entry),
        **teller(payload, settings),
    )


def _who(entry: Entry) -> str:
    names = (getattr(entry, "unit_name", None), getattr(entry, "person_name", None))
    return " ".join(name for name in names if name) or _("系统")


def _said(entry: Entry, payload: Payload) -> Said:
    outcome = payload.get("outcome", "withdrawn")
    words = _("撤回") if outcome == "withdrawn" else str(Outcome(outcome).label)
    return Said(outcome, words, _who(entry), localdate(entry.recorded_at), payload["reason"])


def _claim(payload: Payload, settings: Settings) -> dict[str, Any]:  # the fields of an event
    return {
        "title": settings.name_of(payload["node"]),
        "node": payload["node"],
        "amount": _amount(payload["amount"], payload["currency"]),
        "note": payload["note"],
        "files": evidence_in(payload["evidence"]),
    }


def _progress(payload: Payload, settings: Settings) -> dict[str, Any]:
    note = _("存在问题：") + payload["problem"] if payload["problem"] else ""
    return {"title": _("进展"), "text": payload["text"], "note": note}


def _check(payload: Payload, settings: Settings) -> dict[str, Any]:
    note = _("存在问题：") + payload["problem"] if payload["problem"] else ""
    text = _("形象进度：%(form)s；资金：%(funds)s") % payload
    return {"title": _("包保检查"), "text": text, "note": note}


def _plan(payload: Payload, settings: Settings) -> dict[str, Any]:
    day = date.fromisoformat(payload["planned_on"])
    name = settings.name_of(payload["node"])
    return {
        "title": _("调整期限"),
        "text": f"{name} → {day.isoformat()}",
        "note": payload["reason"],
        "plan": (payload["node"], day),
    }


def _opened(payload: Payload, settings: Settings) -> dict[str, Any]:
    return {"title": _("入库"), "text": payload["after"]["code"]}


def _parts(payload: Payload, settings: Settings) -> dict[str, Any]:
    return {"title": _("参与单位"), "text": _("登记 %d 项分工") % len(payload["parts"])}


def _amended(payload: Payload, settings: Settings) -> dict[str, Any]:
    changes = [
        f"{_called(name)}：{_shown(name, payload['before'][name])} → {_shown(name, value)}"
        for name, value in payload["after"].items()
    ]
    return {"title": _("改资料"), "text": "；".join(changes), "note": payload["reason"]}


def _called(name: str) -> str:
    return str(getattr(Project._meta.get_field(name), "verbose_name", name))


def _shown(name: str, value: Any) -> str:  # whatever a column holds
    if name in {"total", "fixed"}:
        return money(value)
    choices = dict(getattr(Project._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value)) if value not in (None, "") else _("未填")


def _amount(amount: int | None, currency: str) -> str:
    if amount is None:
        return ""
    if currency == Currency.CNY:
        return money(amount)
    told = {"amount": wan(amount), "currency": Currency(currency).label}
    return _("%(amount)s万%(currency)s") % told


TELLERS: dict[str, Callable[[Payload, Settings], dict[str, Any]]] = {
    CLAIM: _claim,
    "fact:projects.progress": _progress,
    "fact:projects.plan": _plan,
    "fact:activities.check": _check,
    "open:projects.project": _opened,
    "amend:projects.project": _amended,
    "parts": _parts,
}
"""How each kind of entry is told; verdicts and withdrawals are told with their claim."""
