"""P2: a signed pledge per holder; a personal file of what each official achieved, for few eyes."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile

from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.actions import appoint, open_person
from yipanqi.org.factories import NOON
from yipanqi.org.rules import Role
from yipanqi.standing.factories import make_county, make_project, recognise
from yipanqi.standing.models import Recognised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
HOLDERS = ("青山镇", "柳河镇", "经济开发区", "县长岗位")


def with_tasks(county):
    given = [(county.units[name], "signed", 2) for name in HOLDERS]
    set_targets(targets=given, year=2026, basis="青办发〔2026〕3号", by=county.clerk, at=NOON)


def test_every_holder_pledges_and_who_has_not_signed_by_the_day_is_named(client, settings):
    county = make_county()
    with_tasks(county)
    client.force_login(county.clerk)
    client.post("/pledges/round/", {"year": 2026, "due_on": "2026-11-20"})
    client.post("/pledges/2026/print/")
    for name in HOLDERS[:3]:
        scan = ContentFile(f"%PDF {name}".encode(), name="签字.pdf")
        unit, person = county.units[name], county.liaison(name)
        typed = {"signer": person.pk, "signed_on": "2026-11-20", "evidence": [scan]}
        client.force_login(person)
        assert client.post(f"/pledges/{unit.pk}/2026/", typed).status_code == 302

    settings.CLOCK_OFFSET = datetime(2026, 11, 21, 4, tzinfo=UTC) - datetime.now(UTC)
    told = client.get("/api/pledges/2026").json()

    states = {one["unit"]: (one["state"], one["days"]) for one in told["items"]}
    assert states == {
        **dict.fromkeys(HOLDERS[:3], ("signed", 0)),
        "县长岗位": ("overdue", 1),
    }
    named = client.get("/pledges/?state=overdue").content.decode()
    assert "县长岗位" in named
    assert '<strong data-n="1">' in named


def test_whoever_decides_on_promotion_reads_what_was_done_and_leaves_a_trace(client):
    county = make_county()
    subject = county.liaison()
    projects = [make_project(county, name=f"项目之{number}") for number in range(3)]
    for number, project in enumerate(projects, start=1):
        recognise(project, "signed")
        recognise(project, "funds", amount=number * 100_000_000)
    appraiser = open_person(username="kaocha", name="沈洁", by=county.administrator, at=NOON)
    appoint(
        person=appraiser,
        unit=county.place,
        title="考察专员",
        role=Role.APPRAISER,
        from_on=date(2026, 1, 1),
        by=county.administrator,
        at=NOON,
    )
    client.force_login(appraiser)
    address = f"/api/dossiers/{subject.pk}"
    assert client.get(address).status_code == 422
    client.post(f"{address}/openings", {"purpose": "拟任考察"}, content_type="application/json")

    [period] = client.get(address).json()["periods"]

    achieved = {one["code"]: one for one in period["achieved"]}
    parts = Part.objects.filter(unit=county.units["青山镇"], role=PartRole.INTRODUCER)
    money = Recognised.objects.filter(node="funds", project__in=parts.values("project"))
    assert achieved["introduced"]["number"] == parts.count() == 3
    assert achieved["funds"]["fen"] == sum(row.amount_fen or 0 for row in money) == 600_000_000
    assert achieved["claimed"]["number"] == 6

    client.force_login(subject)
    own = client.get(f"/dossiers/{subject.pk}/").content.decode()
    assert "沈洁" in own
    assert "拟任考察" in own
    client.force_login(county.liaison("柳河镇"))
    assert client.get(f"/dossiers/{subject.pk}/").status_code == 404
    assert client.get(address).status_code == 404
