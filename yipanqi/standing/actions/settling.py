"""What follows from the facts: which days are due, and what lists show of a project."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from yipanqi.facts.projects.models import Project
from yipanqi.ledger.actions import BATCH
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads import Versions, plans_by_project, reached_by_project
from yipanqi.standing.rules import Due, dues_of, first_due, stage_of

PROJECTED = ("stage", "stage_on", "signed_on", "due_on", "due_code")


def settle(moved: Mapping[int, int], *, on: date) -> None:
    """Bring deadlines, stage and due day of projects to what their facts say.

    `moved` holds the entry from which it is so for each project; the definitions of the day apply.
    """
    reached, plans = reached_by_project(moved), plans_by_project(moved)
    versions = Versions.load()
    projects = list(Project.objects.filter(pk__in=moved))
    dues: dict[int, dict[str, Due]] = {}
    for project in projects:
        known = reached.get(project.pk, {})
        settings = versions.on(project.place_id, on).settings
        dues[project.pk] = dues_of(settings.not_yets, known, plans.get(project.pk, {}))
        _project(project, settings, known, dues[project.pk])
    _redate(dues, moved)
    Project.objects.bulk_update(projects, PROJECTED, batch_size=500)


def _redate(dues: Mapping[int, Mapping[str, Due]], moved: Mapping[int, int]) -> None:
    """End the deadlines that no longer hold and begin those that now do."""
    kept: set[tuple[int, str]] = set()
    ended: dict[int, list[int]] = defaultdict(list)
    for row in Deadline.objects.current().filter(project_id__in=dues):
        if dues[row.project_id].get(row.code) == Due(row.reached_on, row.due_on):
            kept.add((row.project_id, row.code))
        else:
            ended[moved[row.project_id]].append(row.pk)
    for seq, keys in ended.items():
        Deadline.objects.filter(pk__in=keys).close(seq)
    begun = [
        Deadline(project_id=project_id, code=code, from_seq=moved[project_id], **vars(due))
        for project_id, awaited in dues.items()
        for code, due in awaited.items()
        if (project_id, code) not in kept
    ]
    Deadline.objects.bulk_create(begun, batch_size=BATCH)


def _project(
    project: Project, settings: Settings, known: Mapping[str, date], dues: Mapping[str, Due]
) -> None:
    """What lists show of a project, from what is recognised of it."""
    project.stage = stage_of(settings.order, known)
    project.stage_on = known.get(project.stage)
    project.signed_on = known.get("signed")
    first = first_due(dues, settings.not_yets)
    project.due_code, project.due_on = first or ("", None)
