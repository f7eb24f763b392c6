"""Who sees which project, against the table of grants read by hand."""

import random

import pytest

from yipanqi.facts.projects.actions.register import amend_project, set_parts
from yipanqi.facts.projects.factories import make_claim, make_project
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.actions import appoint
from yipanqi.org.factories import NOON
from yipanqi.org.models import Person
from yipanqi.org.rules import GRANTS, Can, Role, Scope
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def counties():
    """Two counties with projects in which all kinds of units take part, some no longer, some gone."""
    dice = random.Random(20)
    counties = [make_county(), make_county("白水县", prefix="bs-")]
    for county in counties:
        for number in range(12):
            units = dice.sample(["青山镇", "柳河镇", "经济开发区", "统计局"], 2)
            project = make_project(county, name=f"项目{number}", unit=units[0])
            if dice.random() < 0.3:
                make_claim(project, dice.choice(["signed", "land", "produced"]))
            if dice.random() < 0.3:
                share = Share(unit_id=county.units[units[1]].pk, role=dice.choice(list(PartRole)))
                set_parts(project=project, shares=[share], by=county.clerk, at=NOON)
            if dice.random() < 0.2:
                amend_project(
                    project=project,
                    changes={"taken_back": True},
                    version=1,
                    by=county.clerk,
                    at=NOON,
                )
    return counties


def by_hand(person: Person, right: Can) -> set[int]:
    """The projects that a right reaches: the whole place, or what one's units take part in now."""
    reached = set()
    for project in Project.objects.all():
        taking_part = {part.unit_id for part in project.parts.current()}
        for post in person.posts.all():
            scope = GRANTS[Role(post.role)].get(right)
            same_place = post.unit.path.startswith(project.place.path)
            if (scope is Scope.ALL and same_place) or (
                scope is Scope.UNIT and post.unit_id in taking_part
            ):
                reached.add(project.pk)
    return reached


def keys(projects):
    return set(projects.values_list("pk", flat=True))


def test_what_is_visible_is_exactly_what_the_grants_say(counties):
    present = keys(Project.objects.filter(taken_back=False))

    for person in Person.objects.all():
        visible = keys(Project.objects.visible_to(person))
        assert visible == by_hand(person, Can.SEE_PROJECT) & present, person.username


def test_what_somebody_may_do_reaches_exactly_as_far_as_the_grants_say(counties):
    for person in Person.objects.all():
        seen = keys(Project.objects.reached_by(person.reach(Can.SEE_PROJECT)))
        for right in (Can.REGISTER_PROJECT, Can.AMEND_PROJECT, Can.CLAIM, Can.WITHDRAW):
            reached = keys(Project.objects.reached_by(person.reach(right)))
            assert reached == by_hand(person, right), person.username
            assert bool(reached) <= person.may(right)
            assert reached <= seen


def test_somebody_with_posts_in_two_places_sees_what_both_posts_show(counties):
    here, there = counties
    both = here.clerk
    appoint(
        person=both,
        unit=there.units["青山镇"],
        title="挂职",
        role=Role.LIAISON,
        from_on=NOON.date(),
        by=None,
        at=NOON,
        main=False,
    )
    both = Person.objects.get(pk=both.pk)

    visible = keys(Project.objects.visible_to(both))

    present = keys(Project.objects.filter(taken_back=False))
    assert visible == by_hand(both, Can.SEE_PROJECT) & present
    assert visible & keys(Project.objects.filter(place=there.place))


def test_whoever_holds_no_post_sees_nothing(counties):
    assert not Project.objects.visible_to(Person.objects.create(username="new")).exists()
