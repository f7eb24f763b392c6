"""What an entry of the ledger says, in the words of the pages: labels and names, no columns and keys."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.files import evidence_in
from yipanqi.core.numbers import money
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger.models import Entry, fact_models, record_models
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Capacity, Function, Matter
from yipanqi.place.models import Document
from yipanqi.place.rules import Settings

NAMED: Mapping[type[Model], Any] = {
    Unit: gettext_lazy("单位"),
    Person: gettext_lazy("人员"),
    Post: gettext_lazy("职务"),
    Project: gettext_lazy("项目"),
    Document: gettext_lazy("依据文件"),
}
"""What is shown by its name where an entry holds its number."""

MONEY = frozenset({"total", "fixed", "total_fen"})
TIES: Mapping[str, tuple[Any, Any]] = {
    "seat": (gettext_lazy("包保领导"), Unit),
    "seat_id": (gettext_lazy("包保领导"), Unit),
    "group_id": (gettext_lazy("组"), Unit),
    "unit": (gettext_lazy("单位"), Unit),
    "unit_id": (gettext_lazy("单位"), Unit),
    "from_post": (gettext_lazy("离任"), Post),
    "to_post": (gettext_lazy("接任"), Post),
    "capacity": (gettext_lazy("身份"), Capacity),
    "matter": (gettext_lazy("包保对象"), Matter),
    "function": (gettext_lazy("职能"), Function),
    "name": (gettext_lazy("名称"), None),
    "on": (gettext_lazy("日期"), None),
    "reason": (gettext_lazy("理由"), None),
}
"""What entries that are neither a record's nor a fact's call their values."""

COMMITTED = "commit:"


@dataclass(frozen=True)
class Change:
    """One thing that an entry says: what it was before, and what it is from there on."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Words:
    """The names of everything that a page of entries speaks of."""

    names: Mapping[type[Model], Mapping[int, str]]
    settings: Settings | None

    def person(self, pk: int | None) -> str:
        """Who wrote an entry."""
        return self.names[Person].get(pk or 0) or _("系统")

    def unit(self, pk: int | None) -> str:
        """For which unit."""
        return self.names[Unit].get(pk or 0, "")

    def about(self, entry: Entry) -> str:
        """What an entry is about, by name; nothing where a name would say nothing new."""
        label, _colon, key = entry.subject.partition(":")
        model = MODELS.get(label)
        return self._name(model, int(key)) if model in (Post,) and key.isdecimal() else ""

    def changes(self, entry: Entry) -> list[Change]:
        """Everything an entry says, thing by thing."""
        payload = json.loads(entry.payload)
        kind, _colon, label = entry.kind.partition(":")
        if model := MODELS.get(label):
            before = payload.get("before", {}) if kind == "amend" else {}
            after = payload if kind == "fact" else payload["after"]
            found = [*self._fields(model, before, after)]
            reason = payload.get("reason") if kind == "amend" else ""
            return [*found, Change(_("理由"), "", reason)] if reason else found
        return [*self._ties(payload)]

    def _fields(
        self, model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[Change]:
        for name, value in after.items():
            field = _field(model, name)
            label = _label(field) if field is not None else ""
            if not label or (value in (None, "", "[]") and name not in before):
                continue
            yield Change(
                label,
                self._value(field, before[name], after) if name in before else "",
                self._value(field, value, after),
            )

    def _value(self, field: "Field[Any, Any]", value: Any, whole: Mapping[str, Any]) -> str:
        if isinstance(value, str) and value.startswith(COMMITTED):
            return _("已更改")
        choices = dict(getattr(field, "flatchoices", ()) or ())
        if value in choices:
            return str(choices[value])
        if value in (None, "", "[]"):
            return _("未填")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if field.related_model in NAMED:
            return self._name(field.related_model, int(value))
        return self._plain(field.name, value, whole)

    def _plain(self, name: str, value: Any, whole: Mapping[str, Any]) -> str:
        if name in MONEY or (name == "amount" and self._is_money(whole)):
            return money(value)
        if name in ("node", "stage") and self.settings:
            return self.settings.name_of(value)
        if name == "indicator" and self.settings and (known := self.settings.indicator(value)):
            return known.name
        if name == "evidence":
            return "、".join(file.name for file in evidence_in(value))
        if name == "present":
            return "、".join(self._name(Post, int(pk)) for pk in value.split(","))
        return str(value)

    def _is_money(self, whole: Mapping[str, Any]) -> bool:
        """A claim's amount is money; a task's only where its indicator is."""
        if "indicator" not in whole or self.settings is None:
            return "indicator" not in whole
        known = self.settings.indicator(whole["indicator"])
        return known is not None and known.unit in ("万元", "亿元")

    def _ties(self, payload: Mapping[str, Any]) -> Iterator[Change]:
        for name, value in payload.items():
            label, kind = TIES.get(name, ("", None))
            if label and value not in (None, ""):
                told = self._name(kind, int(value)) if kind in NAMED else value
                named = kind(value).label if kind in (Capacity, Matter, Function) else told
                yield Change(str(label), "", str(named))
        if isinstance(payload.get("parts"), list):
            yield from self._parts(payload)

    def _parts(self, payload: Mapping[str, Any]) -> Iterator[Change]:
        if "from_post" in payload:
            number = len(payload["parts"]) + len(payload["targets"])
            yield Change(_("移交"), "", _("%(number)d 项") % {"number": number})
            return
        for text in payload["parts"]:
            role, unit, person, share = text.split(":")
            named = [self._name(Unit, int(unit)), self._name(Person, int(person or 0))]
            named += [share] if share != "1/1" else []
            yield Change(str(PartRole(role).label), "", " ".join(filter(None, named)))

    def _name(self, model: Any, pk: int) -> str:
        if not pk:
            return ""
        return self.names[model].get(pk) or _("（不在你的查看范围）")


def words_for(entries: Sequence[Entry], person: Person, settings: Settings | None) -> Words:
    """Look up the names of all that these entries speak of; projects only those in sight."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for entry in entries:
        wanted[Person].add(entry.actor_id or 0)
        wanted[Unit].add(entry.unit_id or 0)
        for model, pk in _mentioned(entry):
            wanted[model].add(pk)
    posts = Post.objects.select_related("unit", "person").in_bulk(wanted[Post])
    projects = Project.objects.visible_to(person).filter(pk__in=wanted[Project])
    names: dict[type[Model], Mapping[int, str]] = {
        Post: {pk: f"{post.person} {post.unit} {post.title}" for pk, post in posts.items()},
        Project: dict(projects.values_list("pk", "name")),
        Unit: dict(Unit.objects.filter(pk__in=wanted[Unit]).values_list("pk", "name")),
        Person: dict(Person.objects.filter(pk__in=wanted[Person]).values_list("pk", "name")),
        Document: dict(Document.objects.filter(pk__in=wanted[Document]).values_list("pk", "title")),
    }
    return Words(names, settings)


def _mentioned(entry: Entry) -> Iterator[tuple[type[Model], int]]:
    """Every record whose number stands in an entry."""
    payload = json.loads(entry.payload)
    label, _colon, key = entry.subject.partition(":")
    if MODELS.get(label) in NAMED and key.isdecimal():
        yield MODELS[label], int(key)
    model = MODELS.get(entry.kind.partition(":")[2])
    if model is None:
        yield from _tied(payload)
        return
    for said in (payload, payload.get("before") or {}, payload.get("after") or {}):
        yield from _pointed(model, said)


def _pointed(model: type[Model], said: Mapping[str, Any]) -> Iterator[tuple[type[Model], int]]:
    for name, value in said.items():
        field = _field(model, name)
        if field is not None and field.related_model in NAMED and value:
            yield field.related_model, int(value)
        if name == "present":
            yield from ((Post, int(pk)) for pk in value.split(","))


def _tied(payload: Mapping[str, Any]) -> Iterator[tuple[type[Model], int]]:
    for name, value in payload.items():
        kind = TIES.get(name, ("", None))[1]
        if kind in NAMED and value:
            yield kind, int(value)
    if "from_post" not in payload:
        for text in payload.get("parts") or ():
            _role, unit, person, _share = text.split(":")
            yield Unit, int(unit)
            yield Person, int(person or 0)


def _models() -> dict[str, type[Model]]:
    found: Iterable[type[Model]] = (*fact_models(), *record_models())
    return {model._meta.label_lower: model for model in found}


MODELS = _models()


def _field(model: type[Model], name: str) -> Any:  # whatever field a model has
    return next((one for one in model._meta.concrete_fields if one.attname == name), None)


def _label(field: "Field[Any, Any]") -> str:
    """What a column is called on pages; nothing where pages do not speak of it."""
    if field.name == "happened_on":
        return _("日期")
    label = str(field.verbose_name)
    if not label.isascii():
        return label
    return str(NAMED.get(field.related_model, "")) if field.related_model else ""
