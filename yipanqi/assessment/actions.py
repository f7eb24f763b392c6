"""What can happen to a method: a version is adopted."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import measure_in
from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind


@transaction.atomic
def adopt_method(*, place: Unit, text: str, by: Actor | None, at: datetime) -> MethodVersion:
    """Put a method in force: from now on the place scores by it. What was scored before stays."""
    method = read_method(text)
    refuse_if_blocked(problems_here(method, place))
    hold()
    earlier = MethodVersion.objects.filter(place=place, code=method.code)
    version = MethodVersion(
        place=place,
        code=method.code,
        number=earlier.count() + 1,
        title=method.title,
        text=text,
        happened_on=localdate(at),
    )
    return record(version, by=by, at=at)


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
