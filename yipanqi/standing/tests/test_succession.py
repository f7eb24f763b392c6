"""A post is handed over: what is open passes on, each one's own record stays, a vacancy waits."""

from datetime import date

import pytest
from django.urls import reverse

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.actions.passing import pass_on_parts
from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import Task
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import amend_person
from yipanqi.org.models import Person, Post
from yipanqi.standing.actions import succeed
from yipanqi.standing.factories import NOON, make_county, make_project, recognise
from yipanqi.standing.reads import proof
from yipanqi.standing.reads.succession import handover_of, is_vacant
from yipanqi.standing.tests.pages import of, page

pytestmark = pytest.mark.usefixtures("at_noon")
JULY = date(2026, 7, 1)


@pytest.fixture
def named(county):
    """Two projects for which 青山镇's liaison is named, and one task of his."""
    town, person = county.units["青山镇"], county.liaison()
    shares = [
        Share(unit_id=town.pk, role=PartRole.LEAD, person_id=person.pk),
        Share(unit_id=town.pk, role=PartRole.INTRODUCER, num=1, den=2),
        Share(unit_id=county.units["柳河镇"].pk, role=PartRole.INTRODUCER, num=1, den=2),
    ]
    projects = [make_project(county, name=name, shares=shares) for name in ("甲", "乙")]
    task = Task(holder_id=town.pk, indicator="leads", amount=3, person_id=person.pk)
    ground = Ground(basis="青办发〔2026〕3号")
    set_tasks(tasks=[task], year=2026, ground=ground, by=county.clerk, at=NOON)
    return projects


@pytest.fixture
def post(county):
    return county.liaison().held[0]


def handed(county, post, successor, on=JULY, **more):
    return succeed(post=post, successor=successor, on=on, by=county.administrator, at=NOON, **more)


def asked_of(person):
    said = Target.objects.filter(person=person).order_by("-pk")
    return [target.amount for target in said]


def lead(project):
    return Part.objects.current().get(project=project, role=PartRole.LEAD)


def nothing_wrong():
    return [*reads.findings(), *proof.findings()] == []


def test_everything_personal_passes_on_and_the_past_keeps_its_names(county, named, post):
    new = county.people["fagai"]
    before = reads.now_seq()

    made = handed(county, post, new)

    assert (made.person, made.role, made.title, made.from_on) == (new, post.role, post.title, JULY)
    assert Post.objects.get(pk=post.pk).to_on == JULY
    assert [lead(project).person for project in named] == [new, new]
    past = Part.objects.as_of(before).filter(role=PartRole.LEAD)
    assert {part.person for part in past} == {county.liaison()}
    assert asked_of(new) == [3]
    assert asked_of(county.liaison()) == [0, 3]
    assert nothing_wrong()


def test_shares_and_offices_stay_as_they_were(county, named, post):
    recognise(named[0])
    before = sorted(Part.objects.current().values_list("unit", "role", "num", "den"))

    handed(county, post, county.people["fagai"])

    assert sorted(Part.objects.current().values_list("unit", "role", "num", "den")) == before
    assert nothing_wrong()


def test_what_falls_vacant_waits_for_whoever_takes_over(county, named, post):
    handed(county, post, None)
    assert [lead(project).person for project in named] == [None, None]
    left = Post.objects.get(pk=post.pk)
    assert is_vacant(left)
    assert handover_of(left, year=2026).number == 3

    handed(county, left, county.people["fagai"], on=date(2026, 9, 1))

    assert lead(named[0]).person == county.people["fagai"]
    assert asked_of(county.people["fagai"]) == [3]
    assert asked_of(county.liaison()) == [0, 3]
    assert not is_vacant(left)
    assert nothing_wrong()


def test_a_post_with_nothing_open_passes_on_too(county, post):
    made = handed(county, post, county.people["fagai"])

    assert made.unit == county.units["青山镇"]
    pass_on_parts(parts=[], to=None, by=None, at=NOON)
    assert Entry.objects.of("succession").count() == 1
    assert not Entry.objects.of("parts").exists()


def test_what_cannot_be_is_refused_and_leaves_no_entry(county, named, post):
    other = county.people["fagai"]
    off = amend_person(
        county.people["tongji"],
        {"is_active": False},
        version=1,
        by=county.administrator,
        at=NOON,
    )
    before = reads.now_seq()

    for successor, more, words in (
        (county.liaison(), {}, "就是离任的人"),
        (off, {}, "账号已停用"),
        (other, {"seal": "别的"}, "刚刚有变化"),
        (other, {"on": date(2027, 1, 1)}, "不能晚于今天"),
    ):
        with pytest.raises(Refused, match=words):
            handed(county, post, successor, **more)

    assert reads.now_seq() == before


def test_a_post_is_handed_over_once(county, post):
    handed(county, post, None)
    left = Post.objects.get(pk=post.pk)

    with pytest.raises(Refused, match="已经空缺"):
        handed(county, left, None)
    with pytest.raises(Refused, match="不能早于离任日期"):
        handed(county, left, county.people["fagai"], on=date(2026, 6, 1))
    handed(county, left, county.people["fagai"])
    with pytest.raises(Refused, match="已经交接过"):
        handed(county, left, county.people["tongji"])


def test_the_page_lists_what_passes_on_before_anything_happens(client, county, named, post):
    client.force_login(county.administrator)
    address = reverse("succession", args=[post.pk])

    shown = client.get(address)
    data = {"on": "2026-07-01", "successor": county.people["fagai"].pk}
    sent = client.post(address, {**data, "seal": shown.context["handover"].seal})

    assert "将移交 3 项" in page(shown)
    assert "另有 2 个项目不在你的查看范围，一并移交" in page(shown)
    assert sent.url == reverse("history", args=["unit", county.units["青山镇"].pk])
    assert "移交 3 项" in page(client.get(sent.url))


def test_somebody_new_gets_an_account_with_the_post(client, county, post):
    client.force_login(county.administrator)
    address = reverse("succession", args=[post.pk])

    seal = client.get(address).context["handover"].seal
    typed = {"name": "赵新", "username": "zhaoxin", "on": "2026-07-01"}
    unsealed = client.post(address, typed)
    sent = client.post(address, {**typed, "seal": seal})

    assert (unsealed.status_code, sent.status_code) == (422, 302)
    assert Person.objects.get(username="zhaoxin").acting_unit == county.units["青山镇"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "只选一样"),
        ({"name": "赵新"}, "同时写姓名和账号"),
        ({"vacant": "on", "name": "赵新", "username": "zhaoxin"}, "只选一样"),
    ],
)
def test_one_of_three_is_chosen(client, county, post, typed, words):
    client.force_login(county.administrator)

    response = client.post(reverse("succession", args=[post.pk]), {"on": "2026-07-01", **typed})

    assert response.status_code == 422
    assert words in page(response)


def test_a_post_falls_vacant_on_the_page(client, county, named, post):
    client.force_login(county.administrator)
    address = reverse("succession", args=[post.pk])
    seal = client.get(address).context["handover"].seal

    sent = client.post(address, {"on": "2026-07-01", "vacant": "on", "seal": seal}, follow=True)

    assert "3 项等接任的人" in page(sent)
    assert "空缺" in page(client.get(address))


def test_only_whoever_appoints_hands_over_and_only_in_the_own_place(county, post):
    other = make_county("白水县", prefix="bs-")

    assert of(county.clerk, f"/org/posts/{post.pk}/succession/").status_code == 403
    assert of(other.administrator, f"/org/posts/{post.pk}/succession/").status_code == 404
