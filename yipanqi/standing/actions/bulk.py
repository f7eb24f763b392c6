"""Many projects are changed in one stroke, and the stroke is undone."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.actions.many import amend_projects, set_parts_of
from yipanqi.facts.projects.models import Part, Plan, Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.actions import hold, record, record_many
from yipanqi.org.models import Person
from yipanqi.place.reads import settings_on
from yipanqi.standing.actions.settling import settle
from yipanqi.standing.models import BulkChange
from yipanqi.standing.reads.bulk import MOST, Known, Line, known_of, undo_of
from yipanqi.standing.rules import What


@transaction.atomic
def change_many(
    *,
    what: What,
    node: str,
    lines: Sequence[Line],
    asked: str,
    reason: str,
    by: Person,
    at: datetime,
    undoes: BulkChange | None = None,
) -> BulkChange:
    """Change every project that was shown and may be changed, all or none (批量修改).

    Refuses when one of them is no longer what was shown.
    """
    hold()
    changing = [line for line in lines if not line.refusal]
    _refuse_unless_possible(what, node, changing, by, at)
    _WRITES[what](what, node, changing, reason, by, at)
    fact = BulkChange(
        happened_on=localdate(at),
        place_id=by.place_id,
        person=by,
        what=what,
        node=node,
        asked=asked,
        reason=reason,
        count=len(changing),
        lines=json.dumps(
            [[line.project.pk, line.now, line.then] for line in changing],
            separators=(",", ":"),
            ensure_ascii=False,
        ),
        undoes=undoes,
    )
    return record(fact, by=by, at=at)


def _refuse_unless_possible(
    what: What, node: str, changing: Sequence[Line], by: Person, at: datetime
) -> None:
    if not changing:
        raise refuse(
            _("没有可以修改的项目：要么原来就是这样，要么不在你能修改的范围"), where=_("项目")
        )
    if len(changing) > MOST:
        raise refuse(_("一次最多改 %(most)d 个项目，请缩小条件") % {"most": MOST}, where=_("项目"))
    if since := [line.project.name for line in changing if line.since]:
        text = _("预览之后有人改过：%(names)s。请看现在的样子，核对后再确认一次")
        raise refuse(text % {"names": "、".join(since[:5])}, where=_("预览"))
    settings = settings_on(by.place_id, localdate(at))
    now = known_of(what, node, [line.project.pk for line in changing], settings)
    if any(now[line.project.pk] != line.now for line in changing):
        raise refuse(_("有项目刚刚被别人改过，请重新预览"), where=_("项目"))


@transaction.atomic
def undo_bulk(*, bulk: BulkChange, by: Person, at: datetime) -> BulkChange:
    """Give back what every project was, where nobody has changed it since (撤销批量修改); once."""
    hold()
    if bulk.undoes_id or BulkChange.objects.filter(undoes=bulk).exists():
        raise refuse(_("已经撤销过，或它本身就是一次撤销，不能再撤销"), where=_("撤销"))
    return change_many(
        what=What(bulk.what),
        node=bulk.node,
        lines=undo_of(bulk, by, settings_on(by.place_id, localdate(at))),
        asked=bulk.asked,
        reason=_("撤销第 %(seq)d 条批量修改") % {"seq": bulk.seq},
        by=by,
        at=at,
        undoes=bulk,
    )


def _amend(
    what: What, _node: str, lines: Sequence[Line], reason: str, by: Person, at: datetime
) -> None:
    changes = [(line.project, {what.value: str(line.then)}) for line in lines]
    amend_projects(changes=changes, by=by, at=at, reason=reason)


def _share_out(
    what: What, _node: str, lines: Sequence[Line], _reason: str, by: Person, at: datetime
) -> None:
    role, kept = PartRole(what.value), _others([line.project for line in lines], what)
    changes = [
        (line.project, [*kept[line.project.pk], *_shares(role, line.then)]) for line in lines
    ]
    set_parts_of(changes=changes, by=by, at=at)


def _others(projects: Sequence[Project], what: What) -> Mapping[int, list[Share]]:
    """Who else takes part, and stays."""
    kept: dict[int, list[Share]] = defaultdict(list)
    parts = Part.objects.current().filter(project__in=[one.pk for one in projects])
    for part in parts.exclude(role__in=[what.value, PartRole.VERIFIER]).order_by("pk"):
        kept[part.project_id].append(part.share())
    return kept


def _shares(role: PartRole, known: Known) -> list[Share]:
    rows = known if isinstance(known, list) else []
    return [
        Share(unit_id=unit or 0, role=role, person_id=person, num=num or 1, den=den or 1)
        for unit, person, num, den in rows
    ]


def _plan(
    _what: What, node: str, lines: Sequence[Line], reason: str, by: Person, at: datetime
) -> None:
    today = localdate(at)
    plans = [
        Plan(
            project=line.project,
            node=node,
            planned_on=date.fromisoformat(str(line.then)),
            reason=reason,
            happened_on=today,
        )
        for line in lines
    ]
    record_many(plans, by=by, at=at)
    settle({plan.project_id: plan.seq for plan in plans}, on=today)


Write = Callable[[What, str, Sequence[Line], str, Person, datetime], None]
_WRITES: Mapping[What, Write] = {
    **dict.fromkeys((What.INDUSTRY, What.LEVEL), _amend),
    **dict.fromkeys((What.LEAD, What.LANDING, What.LEADER), _share_out),
    What.PLAN: _plan,
}
