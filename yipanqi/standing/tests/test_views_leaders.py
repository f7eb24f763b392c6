"""What leaders answer for: lines and their lamps, contacts, checks; who only passed tasks on; helpers."""

from datetime import date

import pytest

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.facts.activities.factories import make_check, make_contact, make_paired, post_of
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.actions import end_post, join, open_unit, pair
from yipanqi.org.factories import make_group
from yipanqi.org.rules import Kind, Matter
from yipanqi.standing.factories import NOON, bring_to, make_claim, make_project, recognise
from yipanqi.standing.tests.pages import asked_for, days_ago, listed, of, page

pytestmark = pytest.mark.usefixtures("at_noon")


def rows(person, query=""):
    return of(person, f"/leaders/{query}").context["rows"]


def row(person, seat="县长岗位"):
    return next(one for one in rows(person) if one.seat.name == seat)


@pytest.fixture
def line(county):
    """One paired project that is late, one of the paired township that is not signed yet."""
    late = make_paired(county, name="逾期的")
    recognise(late, "signed", on=days_ago(100))
    make_project(county, name="洽谈的")
    make_project(county, unit="柳河镇", name="别家的")
    return late


def test_a_leaders_line_is_what_is_paired_by_name_and_by_unit_each_once(county, line):
    one = row(county.clerk)

    assert (one.paired, one.in_line) == (1, 2)
    lamps = {colour.value: number for colour, number in one.line.items() if number}
    assert lamps == {"r": 1, "n": 1}
    assert row(county.clerk, "副县长岗位").in_line == 1


def test_every_figure_opens_the_projects_that_it_counts(county, line):
    seat = county.units["县长岗位"].pk

    assert listed(county.clerk, f"?leader={seat}")[1] == 1
    assert set(listed(county.clerk, f"?line={seat}")[0]) == {"逾期的", "洽谈的"}
    assert listed(county.clerk, f"?line={seat}&lamp=r")[0] == ["逾期的"]


def test_a_leader_without_a_contact_this_year_is_flagged_by_name(county):
    leader = post_of(county.units["县长岗位"])
    town = post_of(county.units["青山镇"])
    make_contact(county, present=(leader.pk, town.pk), on=date(2026, 11, 10))
    vice = post_of(county.units["副县长岗位"])
    make_contact(county, present=(vice.pk,), on=date(2025, 12, 1))

    silent = rows(county.clerk, "?show=silent")

    assert [one.person.name for one in silent] == ["王fuxianzhang"]
    assert silent[0].days == 354
    assert (row(county.clerk).met.number, row(county.clerk).days) == (1, 10)
    text = page(of(county.clerk, "/leaders/"))
    assert "王fuxianzhang（副县长岗位）" in text


def test_a_seat_in_which_nobody_sits_is_vacant_and_not_silent(county):
    end_post(post_of(county.units["副县长岗位"]), on=days_ago(1), by=county.administrator, at=NOON)

    assert "空缺" in page(of(county.clerk, "/leaders/"))
    assert not row(county.clerk, "副县长岗位").silent


def test_enterprises_and_lines_of_work_stand_with_their_leader(county):
    seat = county.units["县长岗位"]
    pair(seat=seat, matter=Matter.ENTERPRISE, name="云岭食品", by=county.clerk, at=NOON)

    named = [one.with_what for one in row(county.clerk).pairings]

    assert named == ["青山镇", "云岭食品"]


def test_late_checks_are_counted_for_their_leader_and_listed(county, line):
    fresh = make_paired(county, name="刚查的")
    recognise(fresh, "signed", on=days_ago(90))
    make_check(fresh, county.units["县长岗位"], on=days_ago(3))
    done = make_paired(county, name="投产的")
    bring_to(done, "produced", on=days_ago(90))

    seen = row(county.clerk).seen
    late = of(county.clerk, "/checks/?late=1").context["rows"]
    every = of(county.clerk, "/checks/").context["rows"]

    assert (seen.number, seen.late, seen.last_on) == (2, 1, days_ago(3))
    assert [(one.part.project.name, one.late, one.name) for one in late] == [
        ("逾期的", 70, "王xianzhang")
    ]
    assert [one.part.project.name for one in every] == ["逾期的", "刚查的"]


def test_checks_are_narrowed_to_a_leader_and_another_unit_is_none(county, line):
    seats = county.units

    assert of(county.clerk, f"/checks/?seat={seats['副县长岗位'].pk}").context["rows"] == []
    assert of(county.clerk, f"/checks/?seat={seats['青山镇'].pk}").status_code == 404
    assert "没有逾期的包保检查" in page(
        of(county.clerk, f"/checks/?late=1&seat={seats['副县长岗位'].pk}")
    )


def test_a_liaison_sees_no_leaders_and_the_own_checks(county, line):
    assert "没有县领导岗位" in page(of(county.liaison(), "/leaders/"))
    assert len(of(county.liaison(), "/checks/").context["rows"]) == 1
    assert of(county.liaison("柳河镇"), "/checks/").context["rows"] == []


def test_all_leaders_cost_as_many_queries_as_a_few(county, line):
    few = asked_for(county.clerk, "/leaders/")
    for number in range(4):
        seat = open_unit(
            name=f"第{number}岗位", kind=Kind.SEAT, parent=county.place, by=None, at=NOON, sort=9
        )
        pair(seat=seat, unit=county.units["柳河镇"], by=county.clerk, at=NOON)

    assert asked_for(county.clerk, "/leaders/") == few <= 18


@pytest.fixture
def committee(county):
    """A committee with a task, a member, and nothing else."""
    group = make_group(county, name="农产品加工产业投促委", kind=Kind.COMMITTEE)
    join(group=group, unit=county.units["青山镇"], by=county.clerk, at=NOON)
    set_targets(targets=[(group, "signed", 2)], year=2026, basis="3号", by=county.clerk, at=NOON)
    return group


def idle(person):
    return [one.unit.name for one in of(person, "/passed-on/").context["rows"]]


def test_who_has_a_task_and_members_and_did_nothing_only_passed_it_on(county, committee):
    assert idle(county.clerk) == ["农产品加工产业投促委"]
    assert "只转任务，没有自己的动作" in page(of(county.clerk, "/passed-on/"))


def test_a_contact_of_ones_own_is_an_action(county, committee):
    leader = post_of(county.units["县长岗位"]).pk
    county.units[committee.name] = committee

    make_contact(county, unit=committee.name, present=(leader,))

    assert idle(county.clerk) == []


def test_a_project_of_ones_own_is_an_action(county, committee):
    make_project(county, shares=[Share(unit_id=committee.pk, role=PartRole.INTRODUCER)])

    assert idle(county.clerk) == []


def test_a_unit_that_only_hosts_what_others_brought_is_listed_until_it_claims(county):
    town = county.units["柳河镇"]
    set_targets(targets=[(town, "signed", 1)], year=2026, basis="3号", by=county.clerk, at=NOON)
    project = make_project(
        county,
        shares=[
            Share(unit_id=county.units["青山镇"].pk, role=PartRole.INTRODUCER),
            Share(unit_id=town.pk, role=PartRole.LANDING),
        ],
    )
    assert idle(county.clerk) == ["柳河镇"]

    make_claim(project, by=county.liaison("柳河镇"))

    assert idle(county.clerk) == []


def test_what_a_helper_brought_is_counted_and_opens(county):
    helper = open_unit(
        name="省川商商会", kind=Kind.HELPER, parent=county.place, by=county.clerk, at=NOON
    )
    brought = Share(unit_id=helper.pk, role=PartRole.INTRODUCER)
    make_project(county, shares=[brought], total=2 * FEN_PER_YI)

    [one] = of(county.clerk, "/helpers/").context["rows"]

    assert (one.unit, one.number, one.total_fen, one.contacts) == (helper, 1, 2 * FEN_PER_YI, 0)
    assert listed(county.clerk, f"?unit={helper.pk}&role=introducer")[1:] == (1, 2 * FEN_PER_YI)


def test_without_helpers_the_page_says_what_to_do(county):
    assert "还没有登记外部助力" in page(of(county.clerk, "/helpers/"))


@pytest.mark.parametrize(
    ("lacks", "names"),
    [
        ("any", {"无领导", "缺行业"}),
        ("industry", {"缺行业"}),
        ("locality", set()),
        ("leader", {"无领导"}),
    ],
)
def test_projects_that_lack_a_lead_are_found(county, lacks, names):
    units = county.units
    both = [
        Share(unit_id=units["青山镇"].pk, role=PartRole.LEAD),
        Share(unit_id=units["发展和改革局"].pk, role=PartRole.LEAD),
    ]
    led = Share(unit_id=units["县长岗位"].pk, role=PartRole.LEADER)
    make_project(county, name="无领导", shares=both, total=20 * FEN_PER_YI)
    make_project(county, name="缺行业", shares=[both[0], led], total=20 * FEN_PER_YI)
    make_project(county, name="齐全", shares=[*both, led], total=20 * FEN_PER_YI)
    make_project(county, name="小", shares=both[:1], total=FEN_PER_YI // 2)

    assert set(listed(county.clerk, f"?lacks={lacks}")[0]) == names
