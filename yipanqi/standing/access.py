"""The one thing a request is about: out of sight it does not exist, in sight a right is needed."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.facts.judging.models import Round
from yipanqi.facts.projects.models import Claim, Pending, Project
from yipanqi.facts.projects.rules import REPORTING, Share
from yipanqi.facts.returns.models import Mobilisation
from yipanqi.org.models import Person, Post, Unit
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


def claims_to_decide(person: Person, keys: Sequence[int]) -> list[Claim]:
    """Claims of which none waits for another office; one that waits no more was decided already."""
    seen = Claim.objects.filter(project__in=Project.objects.visible_to(person), pk__in=keys)
    claims = list(seen.select_related("project").order_by("pk"))
    mine = Pending.objects.visible_to(person).filter(pk__in=keys).values("pk")
    elsewhere = Pending.objects.filter(pk__in=keys).exclude(pk__in=mine)
    if len(claims) != len(keys) or elsewhere.exists():
        raise Http404
    return claims


def call_to_answer(person: Person, call_id: int, unit_id: int) -> tuple[Mobilisation, Unit]:
    """A call in sight and a unit that it calls, for which this person may answer."""
    call = get_object_or_404(Mobilisation.objects.visible_to(person), pk=call_id)
    called = Unit.objects.visible_to(person).filter(kind__in=call.called)
    unit = get_object_or_404(called, pk=unit_id)
    if not person.reach(Can.REPORT_MOBILISED).covers(unit.path):
        raise PermissionDenied
    return call, unit


def round_in_sight(person: Person, round_id: int) -> Round:
    """A round of judging in sight, with how it was closed."""
    rounds = Round.objects.visible_to(person).as_of().select_related("place", "document")
    return get_object_or_404(rounds, pk=round_id)


def round_to_close(person: Person, round_id: int) -> Round:
    """A round in sight that this person may count or give up."""
    judging = round_in_sight(person, round_id)
    refuse_beyond(person, judging.place, Can.OPEN_ROUND)
    return judging


def rater_in(person: Person, judging: Round, wanted: int | None = None) -> int:
    """For which rater somebody writes in a round; whoever was not asked writes for none."""
    mine = judging.rates(person)
    if not mine or wanted not in (None, *mine):
        raise PermissionDenied
    return mine[0] if wanted is None else wanted


def refuse_strangers(person: Person, shares: Iterable[Share], units: Mapping[int, Unit]) -> None:
    """Nobody registers a project in which none of the units they report for takes part."""
    reach = person.reach(Can.REGISTER_PROJECT)
    reporting = [units[share.unit_id] for share in shares if share.role in REPORTING]
    if not any(reach.covers(unit.path) for unit in reporting):
        text = _("你的单位不在引进、落地或责任单位里，登记后你看不到它；请加上你的单位")
        raise refuse(text, where=_("参与单位"))


def holder_in_sight(person: Person, unit_id: int) -> Unit:
    """Whoever may carry a task: a unit of one's place, or the place."""
    return get_object_or_404(Unit.objects.visible_to(person), pk=unit_id)


def unit_for(person: Person, unit_id: int, what: Can) -> Unit:
    """A unit in sight for which somebody may do this: 404 out of sight, 403 without the right."""
    unit = holder_in_sight(person, unit_id)
    if not person.reach(what).covers(unit.path):
        raise PermissionDenied
    return unit


def group_for(person: Person, group_id: int, what: Can) -> Unit:
    """The same of a group; another unit is not found."""
    unit = unit_for(person, group_id, what)
    if not unit.is_group:
        raise Http404
    return unit


def refuse_beyond(person: Person, unit: Unit, what: Can) -> None:
    """A right in one place is none in another."""
    if not person.reach(what).covers(unit.path):
        raise PermissionDenied


def person_for(person: Person, person_id: int) -> Person:
    """Somebody whom this person may manage: all whose posts lie where they may appoint."""
    other = get_object_or_404(Person.objects.visible_to(person), pk=person_id)
    for post in other.held:
        refuse_beyond(person, post.unit, Can.APPOINT)
    return other


def post_for(person: Person, post_id: int, what: Can) -> Post:
    """A post that this person may change."""
    posts = Post.objects.visible_to(person).select_related("unit", "person")
    post = get_object_or_404(posts, pk=post_id)
    refuse_beyond(person, post.unit, what)
    return post
