"""A result on its pages, from the first draft to the receipt of a holder."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from yipanqi.org.models import Person
from yipanqi.publishing.models import Notice
from yipanqi.publishing.tests.results import OVER, ready_county, sealed
from yipanqi.standing.factories import County


@pytest.fixture
def county(db: None, at_noon: None) -> County:
    return ready_county()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def later(settings: object, moment: datetime = OVER) -> None:
    settings.CLOCK_OFFSET = moment - datetime.now(UTC)  # type: ignore[attr-defined]


def test_the_chief_draws_a_result_up_sees_who_will_be_named_and_puts_it_up(county):
    chief = client_of(county.chief)
    assert "还没有起草过结果" in page(chief, "results")

    chief.post(reverse("result_new"), {"code": "annual", "period": "2026Q3"})
    text = page(chief, "result_draft", "annual", "2026Q3")
    assert "还不能公示" not in text
    assert "约谈" in text
    answer = chief.post(reverse("result_draft", args=["annual", "2026Q3"]), {"days": 5})

    notice = Notice.objects.get()
    assert answer["Location"] == reverse("notice", args=[notice.pk])
    assert "2026-11-27 截止" in page(chief, "notice", notice.pk)
    assert "公示中" in page(chief, "results")


def test_every_page_of_a_sealed_result_opens(county, settings):
    seal = sealed(county)
    later(settings)
    unit = county.units["青山镇"]
    for person in (county.chief, county.leader, county.liaison(), county.verifier()):
        client = client_of(person)
        for name, args in (
            ("results", []),
            ("result", ["annual", "2026Q3"]),
            ("notice", [seal.notice_id]),
            ("workings", [seal.notice_id, unit.pk]),
            ("seal", [seal.pk]),
            ("seal_receipt", [seal.pk, unit.pk]),
            ("seal_late", [seal.pk]),
            ("seal_compare", [seal.pk]),
        ):
            page(client, name, *args)


def test_the_package_of_a_seal_is_taken_along(county, settings):
    seal = sealed(county)
    answer = client_of(county.liaison()).get(reverse("seal_package", args=[seal.pk]))

    assert answer.status_code == 200
