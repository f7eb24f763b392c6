"""What can happen to a method: it is written, a version is adopted."""

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodDraft, MethodVersion
from yipanqi.assessment.reads.live import measure_in
from yipanqi.assessment.rules.marked import MOST_TEXT
from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.core.problems import Problem, Refused, refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, amend, hold, open_records, record
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind


@transaction.atomic
def adopt_method(
    *, place: Unit, text: str, by: Actor | None, at: datetime, after: int | None = None
) -> MethodVersion:
    """Put a method in force: from now on the place scores by it. What was scored before stays.

    `after` is the number of the newest version when somebody saw what the page changes: where another
    has come since, they saw something else.
    """
    method = read_method(text)
    refuse_if_blocked(problems_here(method, place))
    hold()
    earlier = MethodVersion.objects.filter(place=place, code=method.code)
    number = earlier.count()
    if after is not None and after != number:
        raise refuse(_("别人刚刚采用了新的一版，请重新预览后再采用"), where=_("考核办法"))
    version = MethodVersion(
        place=place,
        code=method.code,
        number=number + 1,
        title=method.title,
        text=text,
        happened_on=localdate(at),
    )
    return record(version, by=by, at=at)


@transaction.atomic
def keep_draft(*, text: str, by: Person, at: datetime, draft: MethodDraft | None) -> MethodDraft:
    """Keep what somebody is writing (存草稿), over the draft that it was or as a new one."""
    said = {"title": _title_of(text), "text": text, "digest": sha256(text.encode()).hexdigest()}
    if len(text) > MOST_TEXT:
        raise refuse(_("太长了，不像一份考核办法，没有存"), where=_("草稿"))
    if draft is None:
        new = MethodDraft(place_id=by.place_id, owner=by, kept_at=at, **said)
        open_records([new], by=by, at=at)
        return new
    if draft.digest != said["digest"]:
        amend(draft, {**said, "kept_at": at}, version=draft.version, by=by, at=at)
    return MethodDraft.objects.get(pk=draft.pk)


def drop_draft(*, draft: MethodDraft, by: Person, at: datetime) -> None:
    """Throw a draft away (删草稿), because it was adopted or is of no use."""
    amend(draft, {"removed": True}, version=draft.version, by=by, at=at)


def _title_of(text: str) -> str:
    """What a page calls itself, readable or not."""
    found = re.search(r"^method:[ \t]*(\S.*?)[ \t]*$", text, re.MULTILINE)
    return found[1][:80] if found else ""


def problems_here(method: Method, place: Unit) -> Iterator[Problem]:
    """What a method asks that this software cannot measure, or of holders that do not exist."""
    for figure in method.figures:
        if not figure.is_measured:
            continue
        try:
            measure_in(figure, method)
        except Refused as refused:
            for problem in refused.problems:
                yield Problem(
                    text=problem.text,
                    where=_("指标“%(figure)s”的 %(where)s")
                    % {"figure": figure.name, "where": problem.where},
                )
    yield from _unknown_units(method, place)
    for group in method.groups:
        for kind in group.kinds:
            if kind not in Kind.values:
                text = _("没有“%(kind)s”这一类单位，可用：%(values)s") % {
                    "kind": kind,
                    "values": "、".join(Kind.values),
                }
                yield Problem(
                    text=text, where=_("分组“%(group)s”的 kinds") % {"group": group.group}
                )


def _unknown_units(method: Method, place: Unit) -> Iterator[Problem]:
    """Names of units that a method calls and that the place has not."""
    called = {
        unit: _("分组“%(group)s”的 units") % {"group": g.group}
        for g in method.groups
        for unit in g.units
    }
    merging = {*method.merge, *method.merged}
    called |= dict.fromkeys(merging, "merge")
    there = set(place.children.filter(name__in=called).values_list("name", flat=True))
    for unit, where in called.items():
        if unit not in there:
            text = _("这里没有“%(unit)s”这个单位。请核对名称。") % {"unit": unit}
            yield Problem(text=text, where=where)
