"""Tasks as programs ask for them and set them, with the pages' own rights and refusals."""

import pytest

from yipanqi.facts.targets.models import Target
from yipanqi.standing.factories import make_project, recognise
from yipanqi.standing.tests.programs import as_, problems_of, sent

pytestmark = pytest.mark.usefixtures("at_noon")
TASK = {"indicator": "signed", "amount": "2", "basis": "青办发〔2026〕3号"}


def url(county, unit="青山镇"):
    return f"/api/targets/{county.units[unit].pk}"


def test_a_program_sets_a_task_pledges_beside_it_and_asks_how_far_it_is(county):
    recognise(make_project(county), "signed")
    written = sent(as_(county.clerk), url(county), TASK)
    pledged = sent(as_(county.liaison()), f"{url(county)}/pledges", {**TASK, "amount": "4"})

    told = as_(county.liaison("柳河镇")).get("/api/targets?group=township&indicator=signed").json()

    assert (written.status_code, pledged.status_code) == (201, 201)
    assert Target.objects.filter(pk__in=written.json()["seqs"]).exists()
    assert told["items"][0]["unit"] == "青山镇"
    assert told["items"][0]["tasks"] == [
        {
            "indicator": "signed",
            "assigned": 2,
            "pledged": 4,
            "state": "behind",
            "done": "1",
            "share": "1/2",
            "lag": "2830/73",
        }
    ]
    assert (told["day"], told["contestants"], told["behind"]) == ("2026-11-20", 1, 1)


def test_many_tasks_are_set_at_once_and_once(county):
    rows = {"year": 2026, "basis": "文件", "text": "青山镇\tsigned\t1\n柳河镇\tfunds\t500"}

    first = sent(as_(county.clerk), "/api/targets", rows, key="a")
    again = sent(as_(county.clerk), "/api/targets", rows, key="a")

    assert first.json() == again.json()
    assert Target.objects.count() == 2


def test_a_program_is_refused_as_a_page_would_be(county):
    wrong = sent(as_(county.clerk), url(county), {**TASK, "amount": "二"})
    strange = as_(county.clerk).get("/api/targets?colour=red")
    nonsense = as_(county.clerk).get("/api/targets?indicator=weather")

    assert "不是数" in problems_of(wrong)["任务数"]
    assert (strange.status_code, nonsense.status_code) == (422, 422)
    assert sent(as_(county.liaison()), url(county), TASK).status_code == 403
    other = sent(as_(county.liaison("柳河镇")), f"{url(county)}/pledges", TASK)
    assert other.status_code == 403
    assert sent(as_(county.clerk), "/api/targets/999999", TASK).status_code == 404
    assert as_(county.administrator).get("/api/targets").status_code == 403
