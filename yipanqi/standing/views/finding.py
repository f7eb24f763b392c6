"""The one thing a page is about: out of sight it does not exist, in sight a right is needed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from yipanqi.facts.projects.models import Claim, Project
from yipanqi.org.models import Person
from yipanqi.org.rules import Can


def project_for(person: Person, project_id: int, what: Can) -> Project:
    """A project that this person may see and do this with: 404 out of sight, 403 without the right."""
    projects = Project.objects.visible_to(person).select_related("place")
    project = get_object_or_404(projects, pk=project_id)
    if not Project.objects.reached_by(person.reach(what)).filter(pk=project.pk).exists():
        raise PermissionDenied
    return project


def project_of_place(person: Person, project_id: int, what: Can) -> Project:
    """The same for what only somebody who answers for the whole place may do."""
    project = project_for(person, project_id, what)
    if project.place.path not in person.reach(what).places:
        raise PermissionDenied
    return project


def claim_in_sight(person: Person, claim_id: int) -> Claim:
    """A claim on a project that this person may see."""
    claims = Claim.objects.filter(project__in=Project.objects.visible_to(person))
    return get_object_or_404(claims.select_related("project__place", "unit"), pk=claim_id)
