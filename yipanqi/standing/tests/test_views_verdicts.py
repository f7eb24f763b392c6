"""What waits for an office, what it decides, and what it later finds false."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yipanqi.facts.projects.models import Pending
from yipanqi.standing.actions import accept_claim
from yipanqi.standing.factories import (
    NOON,
    bring_to,
    make_claim,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.usefixtures("at_noon")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(client, county):
    client.force_login(county.verifier())
    return client


def test_claims_wait_the_oldest_first_with_the_days_they_wait(office, county, settings, project):
    settings.CLOCK_OFFSET += timedelta(days=3)
    make_claim(project, "signed")
    make_claim(make_project(county, name="后来的项目"), "signed", at=NOON + timedelta(days=3))

    text = page(office.get(reverse("pending")))

    assert "2 条待认定" in text
    assert text.index("云岭食品马铃薯全产业链项目") < text.index("后来的项目")
    assert "3 天" in text
    assert "佐证.pdf" in text
    assert "缺“评审”的认定" in text


def test_an_empty_pile_says_what_will_fill_it(office):
    assert "各单位申报后会列在这里" in page(office.get(reverse("pending")))


def test_several_claims_are_accepted_at_once(office, county, project):
    claims = [make_claim(project), make_claim(make_project(county, name="另一个"))]

    response = office.post(
        reverse("decide"), {"claims": [c.pk for c in claims], "outcome": "accepted"}
    )

    assert response.url == reverse("pending")
    assert Recognised.objects.current().count() == 2
    assert "已认定 2 条申报" in page(office.get(response.url))


def test_a_claim_is_returned_with_a_reason_that_its_unit_sees(office, client, county, project):
    claim = make_claim(project)

    office.post(
        reverse("decide"), {"claims": [claim.pk], "outcome": "returned", "reason": "框架协议不计"}
    )

    assert Verdict.objects.get().reason == "框架协议不计"
    client.force_login(county.liaison())
    assert "框架协议不计" in page(client.get(reverse("claim", args=[claim.pk])))


def test_a_claim_returned_without_a_reason_is_refused_and_stays_ticked(office, project):
    claim = make_claim(project)

    response = office.post(reverse("decide"), {"claims": [claim.pk], "outcome": "returned"})

    assert response.status_code == 422
    assert "必须写明理由" in page(response)
    assert f'value="{claim.pk}"' in page(response)
    assert " checked>" in page(response)


def test_nothing_ticked_is_refused(office, project):
    make_claim(project)

    response = office.post(reverse("decide"), {"outcome": "accepted"})

    assert response.status_code == 422
    assert "请先勾选" in page(response)


@pytest.mark.parametrize("typed", [{"claims": ["x"]}, {"claims": ["1"], "outcome": "falsified"}])
def test_what_no_page_sends_is_refused(office, project, typed):
    make_claim(project)

    response = office.post(reverse("decide"), {"outcome": "accepted"} | typed)

    assert response.status_code == 422


def test_who_comes_second_is_told_so_and_sees_what_is_left(office, county, project):
    claim, left = make_claim(project), make_claim(make_project(county, name="另一个"))
    accept_claim(claim=claim, by=county.clerk, at=NOON)

    response = office.post(
        reverse("decide"),
        {"claims": [claim.pk, left.pk], "outcome": "returned", "reason": "不齐"},
    )

    assert response.status_code == 422
    assert "刚刚已由别人认定或已撤回" in page(response)
    assert 'value="不齐"' in page(response)
    assert "1 条待认定" in page(response)
    assert Pending.objects.get().pk == left.pk


def test_a_gate_stops_all_that_was_ticked_and_names_the_project(client, county, project):
    county.people["shichang"].posts.update(unit=county.units["市场监督管理局"])
    bring_to(project, "signed")
    early = make_project(county, name="抢跑项目")
    claims = [make_claim(project, "registered"), make_claim(early, "registered")]
    client.force_login(county.verifier("市场监督管理局"))

    response = client.post(
        reverse("decide"), {"claims": [c.pk for c in claims], "outcome": "accepted"}
    )

    assert response.status_code == 422
    assert "抢跑项目 注册" in page(response)
    assert "规程第十条" in page(response)
    assert Pending.objects.count() == 2


def test_a_claim_that_waits_for_another_office_does_not_exist(office, county, project):
    bring_to(project, "signed")
    elsewhere = make_claim(project, "registered")

    response = office.post(reverse("decide"), {"claims": [elsewhere.pk], "outcome": "accepted"})

    assert response.status_code == 404
    assert Pending.objects.filter(pk=elsewhere.pk).exists()


def test_a_claim_of_another_place_does_not_exist(office, db):
    other = make_county("白水县", prefix="bs-")
    claim = make_claim(make_project(other))

    response = office.post(reverse("decide"), {"claims": [claim.pk], "outcome": "accepted"})

    assert response.status_code == 404


def test_a_liaison_verifies_nothing(client, county, project):
    client.force_login(county.liaison())

    assert client.get(reverse("pending")).status_code == 403
    assert client.post(reverse("decide"), {}).status_code == 403


def test_with_htmx_only_the_pile_comes_back(office, project):
    claim = make_claim(project)

    refused = office.post(reverse("decide"), {"outcome": "accepted"}, headers=HTMX)
    done = office.post(
        reverse("decide"), {"claims": [claim.pk], "outcome": "accepted"}, headers=HTMX
    )

    assert refused.status_code == 422
    assert "<html" not in page(refused) + page(done)
    assert "已认定 1 条申报" in page(done)


def test_the_address_of_a_decision_opens_the_pile(office):
    assert office.get(reverse("decide") + "?page=2").url == reverse("pending") + "?page=2"


def test_the_pile_takes_a_constant_number_of_queries(
    office, county, project, django_assert_max_num_queries
):
    for number in range(8):
        make_claim(make_project(county, name=f"第{number}个项目"))

    with django_assert_max_num_queries(12):
        office.get(reverse("pending"))


def test_an_office_finds_out_that_what_it_accepted_was_false(office, project):
    verdict = recognise(project)
    address = reverse("find_false", args=[verdict.claim_id])
    assert office.get(address).status_code == 200

    silent = office.post(address, {"reason": ""})
    done = office.post(address, {"reason": "协议系伪造"})

    assert silent.status_code == 422
    assert done.url == reverse("claim", args=[verdict.claim_id])
    assert Recognised.objects.current().get().node == "falsified"


def test_what_was_not_accepted_cannot_be_found_false(office, project):
    claim = make_claim(project)

    response = office.post(reverse("find_false", args=[claim.pk]), {"reason": "假的"})

    assert response.status_code == 422
    assert "只有已认定的申报才能查实造假" in page(response)


def test_another_office_does_not_find_it_false(client, county, project):
    bring_to(project, "registered")
    signed = Verdict.objects.get(claim__node="signed")
    client.force_login(county.verifier("市场监督管理局"))

    assert client.get(reverse("find_false", args=[signed.claim_id])).status_code == 403


def test_a_claim_out_of_sight_is_not_found_false(client, county, project):
    verdict = recognise(project)
    client.force_login(county.verifier("统计局"))

    assert client.get(reverse("find_false", args=[verdict.claim_id])).status_code == 404
