"""Pledges are called for, printed from the tasks of the year, and signed."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from tests.helpers import refused
from yipanqi.core.files import keep_evidence
from yipanqi.facts.pledges.actions import call_for_pledges, print_pledges, sign_pledge
from yipanqi.facts.pledges.models import Pledge
from yipanqi.facts.pledges.rules import PledgedTask, PledgeState, state_of
from yipanqi.ledger import reads
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TASKS = (PledgedTask("签约项目", "个", "3", "5"),)


def printed(county, *units, tasks=TASKS):
    return print_pledges(
        place=county.place,
        year=2026,
        word="青招组办状",
        tasks={county.units[name]: tasks for name in units},
        by=county.clerk,
        at=NOON,
    )


def scan():
    return keep_evidence(ContentFile(b"%PDF-1.4", name="佐证.pdf"))


def sign(county, pledge, **changes):
    said = {"signer": county.liaison(), "signed_on": TODAY, "files": (scan(),)}
    return sign_pledge(pledge=pledge, by=county.clerk, at=NOON, **{**said, **changes})


@pytest.mark.parametrize(
    ("printed", "signed_on", "due", "state"),
    [
        (False, None, None, PledgeState.MISSING),
        (True, None, TODAY, PledgeState.PRINTED),
        (True, None, date(2026, 11, 19), PledgeState.OVERDUE),
        (False, None, date(2026, 11, 19), PledgeState.OVERDUE),
        (True, TODAY, date(2026, 11, 19), PledgeState.SIGNED),
    ],
)
def test_a_pledge_is_as_far_as_it_has_come_or_overdue(printed, signed_on, due, state):
    assert state_of(printed=printed, signed_on=signed_on, due=due, as_of=TODAY) is state


def test_pledges_are_printed_under_running_numbers_and_signed():
    county = make_county()

    first, second = printed(county, "青山镇", "柳河镇")
    signing = sign(county, first)

    assert [one.number for one in (first, second)] == [
        "青招组办状〔2026〕1号",
        "青招组办状〔2026〕2号",
    ]
    assert (str(first), first.tasks) == ("青山镇 2026", TASKS)
    assert (str(signing), signing.files[0].name) == ("青山镇 2026 2026-11-20", "佐证.pdf")
    assert list(reads.findings()) == []


def test_a_year_has_its_day_and_no_other_years():
    county = make_county()
    called = call_for_pledges(
        place=county.place, year=2026, due_on=date(2026, 2, 28), by=county.clerk, at=NOON
    )
    assert str(called) == "青禾县 2026 2026-02-28"

    with refused("期限应在 2026 年之内"):
        call_for_pledges(
            place=county.place, year=2026, due_on=date(2027, 1, 1), by=county.clerk, at=NOON
        )


def test_nobody_pledges_nothing():
    county = make_county()

    with refused("青山镇：还没有任务"):
        printed(county, "青山镇", tasks=())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signed_on": date(2026, 11, 21)}, "还没有签，签了以后再传"),
        ({"signed_on": date(2026, 11, 19)}, "签订日期早于生成日期"),
        ({"files": ()}, "请附上签了字的扫描件"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(changes, words):
    county = make_county()
    [pledge] = printed(county, "青山镇")

    with refused(words):
        sign(county, pledge, **changes)


def test_only_somebody_who_serves_there_signs_and_only_the_newest():
    county = make_county()
    [old] = printed(county, "青山镇")
    with refused("签字人当天不在这个单位任职"):
        sign(county, old, signer=county.liaison("柳河镇"))

    [new] = printed(county, "青山镇")

    assert list(Pledge.objects.last_words()) == [new]
    with refused("这份军令状已重新生成，请签新的一份"):
        sign(county, old)


def test_pledges_are_open_to_the_place_and_to_no_other():
    county, other = make_county(), make_county("白水县", prefix="bs-")
    printed(county, "青山镇")

    assert Pledge.objects.visible_to(county.liaison("柳河镇")).count() == 1
    assert not Pledge.objects.visible_to(other.clerk).exists()
