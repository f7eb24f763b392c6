"""A result on its pages, from the first draft to the receipt of a holder."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from yipanqi.org.models import Person
from yipanqi.publishing.models import Draft, Notice, Objection, Seal
from yipanqi.publishing.tests.results import OVER, noticed, ready_county, sealed
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


def test_a_liaison_objects_on_the_page_and_the_office_answers_there(county):
    notice, unit = noticed(county), county.units["青山镇"]
    liaison, clerk = client_of(county.liaison()), client_of(county.clerk)
    address = reverse("objection_new", args=[notice.pk, unit.pk])
    assert "签约项目" in page(liaison, "objection_new", notice.pk, unit.pk, item="签约项目")

    silent = liaison.post(address, {"item": "签约项目", "figure": "签约数", "reason": ""})
    liaison.post(address, {"item": "签约项目", "figure": "签约数", "reason": "少计一个项目"})
    objection = Objection.objects.get()
    answer = reverse("objection_answer", args=[objection.pk])
    unsaid = clerk.post(answer, {"accepted": "yes", "reason": "漏了"})
    clerk.post(answer, {"accepted": "no", "reason": "按办法不计"})

    assert silent.status_code == 422
    assert unsaid.status_code == 422
    assert "改的是事实" in unsaid.content.decode()
    assert "漏了" in unsaid.content.decode()
    assert "按办法不计" in page(liaison, "objection", objection.pk)
    assert "不采纳" in page(liaison, "notice", notice.pk)


def test_nobody_objects_for_another_unit_and_who_is_not_assessed_is_not_there(county):
    notice = noticed(county)
    stranger = client_of(county.liaison("柳河镇"))
    town, place = county.units["青山镇"], county.place

    assert stranger.get(reverse("objection_new", args=[notice.pk, town.pk])).status_code == 403
    assert stranger.get(reverse("workings", args=[notice.pk, place.pk])).status_code == 404


def test_a_result_is_sealed_published_reopened_and_signed_for_on_its_pages(county, settings):
    notice = noticed(county)
    chief, leader, liaison = map(client_of, (county.chief, county.leader, county.liaison()))
    early = chief.post(reverse("seal_new", args=[notice.pk]))
    assert early.status_code == 422
    assert "期满才能封账" in early.content.decode()

    later(settings)
    assert "与公示的指标数、得分完全相同" in page(chief, "seal_new", notice.pk)
    chief.post(reverse("seal_new", args=[notice.pk]))
    seal = Seal.objects.get()
    liaison.post(reverse("seal_sign", args=[seal.pk]), {"unit": county.units["青山镇"].pk})
    chief.post(reverse("seal_publish", args=[seal.pk]), {"remarks": ""})
    again = chief.post(reverse("seal_publish", args=[seal.pk]), {"remarks": ""})
    chief.post(reverse("reopening_new", args=[seal.pk]), {"reason": "漏了一笔"})
    decide = reverse("reopening_decide", args=[seal.reopenings.get().pk])
    own = chief.post(decide, {"agreed": "yes", "reason": "属实"})
    leader.post(decide, {"agreed": "yes", "reason": "属实"})

    assert again.status_code == 422
    assert own.status_code == 422
    assert "王qingshan" in page(chief, "seal", seal.pk)
    assert "重新核算" in page(chief, "result", "annual", "2026Q3")
    chief.post(reverse("result_new"), {"code": "annual", "period": "2026Q3"})
    assert Draft.objects.count() == 2
    assert "没有变动" in page(chief, "result_draft", "annual", "2026Q3")


@pytest.mark.parametrize("name", ["notice_docx", "seal_docx"])
def test_notice_and_result_are_official_papers_the_same_each_time(county, name):
    seal = sealed(county)
    about = seal.notice_id if name == "notice_docx" else seal.pk
    client = client_of(county.liaison())

    first, second = (client.get(reverse(name, args=[about])) for _ in range(2))

    assert first.content[:2] == b"PK"
    assert first.content == second.content
