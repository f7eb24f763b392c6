"""What can happen to a method: a version is adopted."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.standing.measures.spec import measure_of


@transaction.atomic
def adopt_method(*, place: Unit, text: str, by: Actor | None, at: datetime) -> MethodVersion:
    """Put a method in force: from now on the place scores by it. What was scored before stays."""
    method = read_method(text)
    refuse_if_blocked(problems_here(method))
    hold()
    number = MethodVersion.objects.filter(place=place).count() + 1
    version = MethodVersion(
        place=place, number=number, title=method.title, text=text, happened_on=localdate(at)
    )
    return record(version, by=by, at=at)


def problems_here(method: Method) -> Iterator[Problem]:
    """What a method asks that this software cannot measure, or of holders that do not exist."""
    for figure in method.figures:
        if not figure.is_given or figure.lists_holders:
            continue
        try:
            measure_of(figure.spec, unit=figure.unit)
        except Refused as refused:
            for problem in refused.problems:
                yield Problem(text=problem.text, where=f"指标“{figure.name}”的 {problem.where}")
    for group in method.groups:
        for kind in group.kinds:
            if kind not in Kind.values:
                text = f"没有“{kind}”这一类单位，可用：{'、'.join(Kind.values)}"
                yield Problem(text=text, where=f"分组“{group.group}”的 kinds")
