"""The groups of the invented county: each is founded on its day, and its milestones are reported."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, Plan, Stage
from yipanqi.org.actions import finish_milestone, load_group
from yipanqi.org.models import Milestone, Person
from yipanqi.org.rules import Kind

Written = Mapping[str, Any]  # a group as the staff list tells of it


def told(plan: Plan) -> Iterator[Done]:
    """Every group in the order of the list, and what it has done by when."""
    for kind, groups in plan["groups"].items():
        for sort, group in enumerate(groups):
            found = partial(_found, group=group, kind=Kind(kind), sort=sort)
            yield Done(on=group["founded"], hand=CLERK, do=found)
            for one in group.get("milestones") or ():
                if on := one.get("done"):
                    done = partial(_done, group=group["name"], what=one["what"], note=one["note"])
                    yield Done(on=on, hand=CLERK, do=partial(done, on=on))


def _found(
    stage: Stage, by: Person, at: datetime, *, group: Written, kind: Kind, sort: int
) -> None:
    ahead = [{key: one[key] for key in ("what", "due")} for one in group.get("milestones") or ()]
    load_group(
        {**group, "milestones": ahead},
        kind,
        place=stage.place,
        sort=sort,
        by=by,
        at=at,
    )


def _done(
    stage: Stage, by: Person, at: datetime, *, group: str, what: str, note: str, on: date
) -> None:
    milestone = Milestone.objects.get(group__name=group, what=what)
    finish_milestone(milestone, on=on, note=note, by=by, at=at)
