"""New definitions come into force: deadlines follow, judgements stay, and verify proves it."""

from datetime import date, timedelta

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.models import Project
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.models import Entry
from yipanqi.place.factories import settings_text
from yipanqi.place.models import SettingsVersion
from yipanqi.standing.actions import adopt_definitions, bring_into_force
from yipanqi.standing.actions.settling import settle
from yipanqi.standing.factories import NOON, make_claim, make_org, make_project, recognise
from yipanqi.standing.models import Deadline, Verdict
from yipanqi.standing.reads import proof
from yipanqi.standing.reads.adoption import previewed
from yipanqi.standing.rules import IN_FORCE, Colour

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
STRICTER = (
    "\n  - {code: signed_not_registered, name: 签约未注册, reached: signed, "
    "missing: registered, days: 20, clause: 规程第二十条}"
)


def adopt(county, *, after=1, at=NOON, back_dated=False, **changes):
    text = settings_text(**{"valid_from": "2026-11-20", **changes})
    return adopt_definitions(
        place=county.place,
        text=text,
        after=after,
        by=county.people["chief"],
        at=at,
        back_dated=back_dated,
    )


@pytest.fixture
def signed(county):
    """A project that was signed twenty-five days ago: thirty are allowed."""
    project = make_project(county)
    recognise(project, on=TODAY - timedelta(days=25))
    return project


def test_deadlines_follow_the_new_days_from_the_entry_on_and_verify_proves_it(county, signed):
    before = Deadline.objects.current().get(project=signed, code="signed_not_registered")

    version = adopt(county, not_yets=STRICTER)

    row = Deadline.objects.current().get(project=signed, code="signed_not_registered")
    entry = Entry.objects.get(kind=IN_FORCE)
    before.refresh_from_db()
    signed.refresh_from_db()
    assert (row.due_on, signed.due_on) == (TODAY - timedelta(days=5),) * 2
    assert (before.to_seq, row.from_seq) == (entry.seq, entry.seq)
    assert entry.seq == version.seq + 1
    assert list(proof.findings()) == []
    assert list(ledger.findings()) == []


def test_what_was_judged_keeps_its_version(county, signed):
    first = SettingsVersion.objects.get()

    adopt(county, not_yets=STRICTER)

    assert Verdict.objects.get(project=signed).settings == first


def test_a_version_of_a_later_day_changes_nothing_until_its_day_comes(county, signed):
    adopt(county, valid_from="2026-12-01", not_yets=STRICTER)
    assert not Entry.objects.filter(kind=IN_FORCE).exists()
    due = Deadline.objects.current().get(project=signed, code="signed_not_registered").due_on
    assert due == TODAY + timedelta(days=5)
    first_of_december = NOON + timedelta(days=11)

    came = bring_into_force(by=None, at=first_of_december)
    again = bring_into_force(by=None, at=first_of_december)

    signed.refresh_from_db()
    assert [version.number for version in came] == [2]
    assert again == []
    assert signed.due_on == TODAY - timedelta(days=5)
    assert list(proof.findings()) == []


def test_deadlines_that_did_not_follow_are_found(county, signed):
    first = SettingsVersion.objects.get()
    adopt(county, not_yets=STRICTER)
    last = Entry.objects.get(kind=IN_FORCE)

    settle({signed.pk: last.seq + 1}, on=first.happened_on)

    assert any("期限" in str(finding) for finding in proof.findings())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"after": 0}, "别人刚刚启用了新的一版"),
        ({"valid_from": "2023-12-31"}, "早于现行口径的 2024-01-01"),
        ({"valid_from": "2026-11-19"}, "请勾选“确认倒签”"),
        (
            {
                "nodes": "[{code: lead, name: 线索, office: 招商促进局}]",
                "requirements": "",
                "indicators": "[]",
                "not_yets": "",
            },
            "缺少代码为 signed 的环节",
        ),
    ],
)
def test_a_page_is_refused_and_nothing_is_written(county, changes, told):
    before = ledger.now_seq()

    with pytest.raises(Refused, match=told):
        adopt(county, **changes)

    assert ledger.now_seq() == before


def test_the_same_page_again_is_refused(county):
    adopt(county)

    with pytest.raises(Refused, match="与第 2 版一字不差"):
        adopt(county, after=2)


def test_a_page_of_an_earlier_day_is_adopted_where_it_is_meant(county, signed):
    version = adopt(county, valid_from="2026-11-01", back_dated=True, not_yets=STRICTER)

    later = make_claim(signed, "registered", on=date(2026, 11, 2))
    assert version.number == 2
    assert later.happened_on >= version.happened_on
    assert list(proof.findings()) == []


def test_the_preview_counts_lamps_before_and_after_and_names_who_turns(county, signed):
    make_project(county, name="没有签约的项目")
    make_claim(signed, "registered", on=TODAY)
    text = settings_text(valid_from="2026-11-20", not_yets=STRICTER)

    seen = previewed(text, Project.objects.all(), place=county.place, today=TODAY)

    follows = seen.consequences
    assert follows is not None
    counts = {lamp.colour: (lamp.before, lamp.after) for lamp in follows.lamps}
    assert counts[Colour.RED] == (0, 1)
    assert counts[Colour.AMBER] == (1, 0)
    assert counts[Colour.NONE] == (1, 1)
    (turning,) = follows.turnings
    assert [row.project for row in turning.rows] == [signed]
    assert (turning.colour, turning.count) == (Colour.RED, 1)
    assert turning.rows[0].after.words == "注册逾期 5 天"
    assert (follows.judged, follows.pending) == (1, 1)
    assert ledger.now_seq() == Entry.objects.order_by("-seq")[0].seq


def test_the_preview_says_what_adoption_then_does(county, signed):
    text = settings_text(valid_from="2026-11-20", not_yets=STRICTER)
    seen = previewed(text, Project.objects.all(), place=county.place, today=TODAY)
    assert seen.consequences is not None

    adopt(county, not_yets=STRICTER)

    again = previewed(text, Project.objects.all(), place=county.place, today=TODAY).consequences
    assert again is not None
    assert [lamp.before for lamp in again.lamps] == [lamp.after for lamp in seen.consequences.lamps]


def test_the_preview_doubts_offices_that_are_not_there_and_nodes_that_are_in_use(county, signed):
    recognise(signed, "registered", on=TODAY)
    nodes = (
        "[{code: lead, name: 线索, office: 招商局}, {code: signed, name: 签约, office: 招商促进局}]"
    )
    text = settings_text(valid_from="2026-11-20", nodes=nodes, requirements="", not_yets="")

    seen = previewed(text, Project.objects.all(), place=county.place, today=TODAY)

    told = [problem.text for problem in seen.problems]
    assert any("名录里没有“招商局”" in text for text in told)
    assert any("已有 1 条认定到“registered”" in text for text in told)


def test_another_places_page_is_refused_in_the_preview(county):
    with pytest.raises(Refused, match="这是白水县的口径，不是青禾县的"):
        previewed(
            settings_text(place="白水县"), Project.objects.all(), place=county.place, today=TODAY
        )


def test_a_place_whose_first_page_it_is_sees_no_consequences():
    bare = make_org()

    seen = previewed(settings_text(), Project.objects.all(), place=bare.place, today=TODAY)

    assert (seen.consequences, seen.changes, seen.back_dated) == (None, [], False)
    assert adopt(bare, after=0, valid_from="2024-01-01").number == 1
