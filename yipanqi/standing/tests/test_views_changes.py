"""What is changed in the browser once it is registered: particulars, and who shares the credit."""

import pytest
from django.urls import reverse

from yipanqi.facts.projects.actions.register import amend_project, set_parts
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.standing.factories import NOON, make_claim, make_project, whole_shares
from yipanqi.standing.tests.pages import hidden, page

pytestmark = pytest.mark.usefixtures("at_noon")


def edited(project, **changes):
    """A project's page as the edit form sends it."""
    sent = {
        "name": project.name,
        "investor": project.investor,
        "industry": project.industry,
        "currency": "CNY",
        "total": "36000",
        "version": project.version,
    }
    return sent | changes


def test_particulars_are_changed(township, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])
    assert 'value="36000"' in page(township.get(address))

    response = township.post(address, edited(project, total="5亿", level="province"))

    project.refresh_from_db()
    assert response.url == reverse("project", args=[project.pk])
    assert (project.total, project.total_fen, project.level) == (5 * 10**10, 5 * 10**10, "province")


def test_the_other_officers_change_is_shown_and_nothing_typed_is_lost(clerk, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])
    amend_project(
        project=project, changes={"total": 4 * 10**10, "level": "city"}, version=1, by=None, at=NOON
    )

    response = clerk.post(address, edited(project, total="5亿", content="三条生产线"))

    assert response.status_code == 422
    for words in ("别人改过这个项目", "40000", "5亿", "市重点", "三条生产线"):
        assert words in page(response)
    assert Project.objects.get().total == 4 * 10**10
    assert 'name="version" value="2"' in page(response)
    again = edited(project, total="5亿", content="三条生产线", version=2)
    assert clerk.post(address, again).status_code == 302
    assert Project.objects.get().total == 5 * 10**10


def test_a_wrong_change_is_refused(clerk, county):
    project = make_project(county)

    response = clerk.post(reverse("project_edit", args=[project.pk]), edited(project, name=""))

    assert response.status_code == 422
    assert Project.objects.get().name == project.name


def test_a_doubtful_credit_code_is_saved_once_confirmed(clerk, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])

    doubted = clerk.post(address, edited(project, credit_code="123"))
    saved = clerk.post(address, edited(project, credit_code="123", confirmed="1"))

    assert doubted.status_code == 422
    assert 'name="confirmed"' in page(doubted)
    assert saved.status_code == 302


def test_somebody_elses_project_is_not_edited(client, county):
    project = make_project(county)
    client.force_login(county.liaison("柳河镇"))

    for name in ("project_edit", "parts"):
        assert client.get(reverse(name, args=[project.pk])).status_code == 404


def test_an_office_and_a_leader_may_not_register_or_edit(client, county):
    project = make_project(county)
    make_claim(project)

    for person in (county.leader, county.verifier()):
        client.force_login(person)
        assert client.get(reverse("project_new")).status_code == 403
        assert client.get(reverse("project_edit", args=[project.pk])).status_code == 403


def test_the_clerk_shares_the_credit_anew(clerk, county):
    project = make_project(county)
    make_claim(project)
    address = reverse("parts", args=[project.pk])
    since = hidden("since", clerk.get(address))

    response = clerk.post(
        address,
        {
            "since": since,
            "introducer_1": county.units["青山镇"].pk,
            "introducer_1_share": "60",
            "introducer_2": county.units["统计局"].pk,
            "introducer_2_share": "40",
        },
    )

    assert response.status_code == 302
    parts = Part.objects.current().filter(project=project)
    roles = sorted(parts.values_list("role", flat=True))
    assert roles == ["introducer", "introducer", "verifier"]


def test_shares_set_anew_over_the_whole_are_refused(clerk, county):
    project = make_project(county)

    response = clerk.post(
        reverse("parts", args=[project.pk]),
        {
            "introducer_1": county.units["青山镇"].pk,
            "introducer_1_share": "60",
            "introducer_2": county.units["统计局"].pk,
            "introducer_2_share": "60",
        },
    )

    assert response.status_code == 422
    assert "多出 20%" in page(response)


def test_parts_that_somebody_else_has_set_meanwhile_are_shown_first(clerk, county):
    project = make_project(county)
    address = reverse("parts", args=[project.pk])
    since = hidden("since", clerk.get(address))
    set_parts(project=project, shares=whole_shares(county, "柳河镇"), by=None, at=NOON)
    mine = {"since": since, "introducer_1": county.units["统计局"].pk}

    refused = clerk.post(address, mine)

    assert refused.status_code == 422
    assert "别人改过参与单位或份额" in page(refused)
    assert "柳河镇" in page(refused)
    since = hidden("since", refused)
    assert clerk.post(address, mine | {"since": since}).status_code == 302


def test_a_liaison_does_not_share_the_credit_anew(township, county):
    project = make_project(county)

    assert township.get(reverse("parts", args=[project.pk])).status_code == 403


def test_the_form_shows_thirds_and_odd_areas_as_they_are(clerk, county):
    thirds = [
        share.__class__(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=1, den=3)
        for share, name in zip(
            whole_shares(county, "青山镇"), ("青山镇", "柳河镇", "统计局"), strict=True
        )
    ]
    project = make_project(county, shares=thirds, land_area=12_345)

    assert page(clerk.get(reverse("parts", args=[project.pk]))).count('value="1/3"') == 3
    assert "12345平方米" in page(clerk.get(reverse("project_edit", args=[project.pk])))
