"""Many projects are chosen, previewed, changed in one stroke and given back."""

import pytest

from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Entry
from yipanqi.standing.factories import make_project, recognise
from yipanqi.standing.models import BulkChange
from yipanqi.standing.reads.bulk import MOST
from yipanqi.standing.tests.pages import hidden, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SAID = {"what": "industry", "industry": "新能源", "reason": "分工调整"}


@pytest.fixture
def three(county):
    return [make_project(county, name=name) for name in ("甲项目", "乙项目", "丙项目")]


def keys(projects):
    return ",".join(str(one.pk) for one in projects)


def previewed(client, chosen, **said):
    return client.post("/projects/bulk/", {**SAID, "projects": keys(chosen)} | said)


def confirmed(client, projects, preview, **said):
    marks = hidden("shown", preview)
    return previewed(client, projects, shown=marks, do="1", **said)


def industries():
    return sorted(Project.objects.values_list("industry", flat=True))


def test_ticked_projects_are_previewed_changed_and_given_back(clerk, three):
    asked = clerk.get(f"/projects/bulk/?projects={three[0].pk}&projects={three[1].pk}&of=stage%3D-")
    preview = previewed(clerk, three[:2], of="stage=-")
    done = confirmed(clerk, three[:2], preview, of="stage=-")
    made = BulkChange.objects.get()
    told = page(clerk.get(done["Location"]))
    undone = clerk.post(f"/bulk/{made.pk}/", follow=True)

    assert "选中 2 个项目" in page(asked)
    assert "→ <strong>新能源</strong>" in page(preview)
    assert "改 2 个，不动 0 个" in page(preview)
    assert (made.count, made.asked, made.what) == (2, "stage=-", "industry")
    assert "撤销，恢复 2 个项目" in told
    assert "分工调整" in told
    assert 'href="/projects/?stage=-"' in told
    assert "已修改 2 个项目" in page(undone)
    assert industries() == ["食品加工"] * 3
    assert "已经撤销，恢复了 2 个项目" in page(clerk.get(f"/bulk/{made.pk}/"))
    assert "已撤销" in page(clerk.get("/bulk/"))


def test_all_that_a_filter_finds_are_chosen(clerk, county, three):
    recognise(three[0])

    chosen = clerk.get("/projects/bulk/?whole=1&of=stage%3D-")

    assert hidden_keys(chosen) == [three[1].pk, three[2].pk]


def hidden_keys(answer):
    return [int(key) for key in answer.context["form"]["projects"].value().split(",")]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "没有选中项目"),
        ("projects=abc", "没有选中项目"),
        ("whole=1&of=q%3D%E4%B8%8D%E5%AD%98%E5%9C%A8", "没有选中项目"),
        ("whole=1&of=stage%3Dnowhere", "环节"),
    ],
)
def test_nothing_chosen_and_a_question_that_cannot_be_meant_change_nothing(
    clerk, three, query, words
):
    answer = clerk.get(f"/projects/bulk/?{query}")

    assert answer.status_code == 422
    assert words in page(answer)
    assert answer.context["number"] == 0


def test_more_than_can_be_looked_at_are_refused(clerk):
    many = ",".join(str(key) for key in range(1, MOST + 2))

    answer = clerk.post("/projects/bulk/", {**SAID, "projects": many})

    assert answer.status_code == 422
    assert "选中了 2001 个项目，一次最多改 2000 个" in page(answer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"industry": ""}, "请填写，这是要改成的内容"),
        ({"what": "lead", "lead": ""}, "请填写，这是要改成的内容"),
        ({"what": "plan", "node": "started", "planned_on": "明天"}, "计划日期"),
        ({"what": "plan", "node": "", "planned_on": "2026-12-01"}, "请填写"),
        ({"what": "name"}, "改什么"),
        ({"reason": ""}, "理由"),
        ({"projects": "1,二"}, "选中的项目不对"),
        ({"shown": "1"}, "预览的内容不完整"),
    ],
)
def test_what_cannot_be_meant_is_said_and_what_was_typed_stays(clerk, three, said, words):
    size = Entry.objects.count()

    answer = previewed(clerk, three, **said)

    assert answer.status_code == 422
    assert words in page(answer)
    assert Entry.objects.count() == size


def test_a_responsible_person_serves_in_the_unit(clerk, county, three):
    sent = {"what": "lead", "lead": county.units["柳河镇"].pk, "person": county.liaison().pk}

    assert "不在所选的责任单位任职" in page(previewed(clerk, three, **sent))


def test_nothing_happens_without_a_look(clerk, three):
    answer = previewed(clerk, three, do="1")

    assert "请先看一遍预览再确认" in page(answer)
    assert industries() == ["食品加工"] * 3


def test_what_somebody_changed_after_the_preview_is_shown_before_anything_happens(clerk, three):
    preview = previewed(clerk, three)
    Project.objects.filter(pk=three[0].pk).update(industry="物流")

    stopped = confirmed(clerk, three, preview)
    done = confirmed(clerk, three, stopped)

    assert stopped.status_code == 422
    assert "预览之后有人改过：甲项目" in page(stopped)
    assert "预览后改过" in page(stopped)
    assert done.status_code == 302
    assert industries() == ["新能源"] * 3


def test_a_liaison_changes_words_of_ones_own_and_is_told_of_the_rest(township, county, three):
    other = make_project(county, name="别镇项目", unit="柳河镇")

    form = township.get(f"/projects/bulk/?projects={three[0].pk}&projects={other.pk}")
    preview = previewed(township, [three[0], other])

    assert hidden_keys(form) == [three[0].pk]
    assert [str(what) for _field, what in form.context["kinds"]] == ["industry", "level"]
    assert "别镇项目" not in page(preview)
    assert "改 1 个，不动 0 个" in page(preview)


def test_somebody_elses_stroke_does_not_exist_for_whoever_sees_no_ledger(client, county, three):
    client.force_login(county.clerk)
    confirmed(client, three, previewed(client, three))
    made = BulkChange.objects.get()

    client.force_login(county.liaison())

    assert client.get(f"/bulk/{made.pk}/").status_code == 404
    assert "还没有批量修改" in page(client.get("/bulk/"))
    client.force_login(county.verifier())
    assert client.get("/projects/bulk/").status_code == 403


def test_an_undoing_that_can_give_nothing_back_says_so(clerk, three):
    confirmed(clerk, three, previewed(clerk, three))
    made = BulkChange.objects.get()
    Project.objects.update(industry="物流")

    told = page(clerk.get(f"/bulk/{made.pk}/"))
    answer = clerk.post(f"/bulk/{made.pk}/")

    assert "撤销也恢复不了的" in told
    assert answer.status_code == 422
    assert "没有可以修改的项目" in page(answer)
