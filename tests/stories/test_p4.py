"""P4: who held a meeting and issued measures by 20 May; one committee the day after; who did not."""

import pytest
from django.core.files.base import ContentFile

from yipanqi.facts.returns.models import Mobilisation
from yipanqi.org.actions import open_unit
from yipanqi.org.factories import NOON
from yipanqi.org.rules import Kind
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
COMMITTEES = ["先进光伏", "新能源汽车", "数字经济", "现代农业", "文化旅游"]


def held(client, call, unit, day):
    measures = ContentFile(f"%PDF {unit}".encode(), name=f"{unit}措施.pdf")
    sent = {"held_on": day, "issued_on": day, "present": 30, "evidence": [measures]}
    return client.post(f"/mobilised/{call.pk}/{unit.pk}/", sent)


def test_all_committees_but_one_mobilised_by_the_day_and_one_the_day_after(client):
    county = make_county()
    committees = [
        open_unit(
            name=f"{name}产业投促委",
            kind=Kind.COMMITTEE,
            parent=county.place,
            by=county.clerk,
            at=NOON,
        )
        for name in COMMITTEES
    ]
    client.force_login(county.clerk)
    client.post(
        "/mobilised/new/",
        {"subject": "动员部署", "due_on": "2026-05-20", "kinds": ["committee", "zone"]},
    )
    call = Mobilisation.objects.get()

    for number, unit in enumerate(committees):
        day = "2026-05-21" if number == 2 else f"2026-05-{16 + number}"
        assert held(client, call, unit, day).status_code == 302

    [told] = client.get("/api/mobilised").json()["items"]
    assert told["counts"] == {"on_time": 4, "late": 1, "missing": 1}
    late = [(one["unit"], one["days"]) for one in told["units"] if one["state"] == "late"]
    assert late == [("数字经济产业投促委", 1)]
    missing = client.get(f"/mobilised/?call={call.pk}&state=missing").content.decode()
    assert "经济开发区" in missing
    assert '<strong data-n="1">' in missing
    assert "先进光伏" not in missing
