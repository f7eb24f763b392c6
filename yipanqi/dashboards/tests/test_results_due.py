"""Objections, notices, seals and requests wait for those who can do something about them."""

import pytest
from django.utils.timezone import localdate

from yipanqi.dashboards.reads.due import dues
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Person
from yipanqi.place.reads import settings_on
from yipanqi.publishing.actions import ask_reopening, object_to, sign_for_result
from yipanqi.publishing.tests.results import IN_TIME, OVER, noticed, ready_county, sealed
from yipanqi.standing.factories import County


@pytest.fixture
def county(db: None) -> County:
    return ready_county()


def waiting(county: County, person: Person) -> list[tuple[str, str]]:
    """What is due from somebody about results, each with its lamp."""
    day = localdate(OVER).replace(month=12, day=10)
    settings = settings_on(county.place.pk, day)
    mine = Project.objects.visible_to(person)
    found = dues(person, mine, settings, as_of=day, first=50).rows
    words = ("异议", "考核结果")
    return [(one.what, one.lamp.words) for one in found if any(word in one.what for word in words)]


def test_an_objection_waits_for_the_office_and_its_notice_for_a_seal(county):
    notice = noticed(county)
    object_to(
        notice=notice,
        holder=county.units["青山镇"],
        item="签约项目",
        figure="",
        reason="少计",
        by=county.liaison(),
        at=IN_TIME,
    )

    assert waiting(county, county.clerk) == [("答复异议：青山镇 “签约项目”", "逾期 8 天")]
    assert ("2026Q3 考核结果封账", "逾期 13 天") in waiting(county, county.chief)
    assert waiting(county, county.liaison()) == []


def test_a_seal_waits_for_its_holders_until_they_sign(county):
    seal = sealed(county)
    liaison = county.liaison()
    assert waiting(county, liaison) == [("签收 2026Q3 考核结果", "逾期 9 天")]

    sign_for_result(seal=seal, unit=county.units["青山镇"], by=liaison, at=OVER)

    assert waiting(county, liaison) == []


def test_a_request_waits_for_everybody_but_whoever_asked(county):
    ask_reopening(seal=sealed(county), reason="漏了", by=county.chief, at=OVER)

    assert waiting(county, county.chief) == []
    assert ("2026Q3 考核结果申请重新核算，待批复", "已等 12 天") in waiting(county, county.leader)
