"""Rounds are opened, written in, counted, given up; nobody reads a secret sheet in the ledger."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.helpers import refused
from yipanqi.facts.judging.actions import cancel_round, count_round
from yipanqi.facts.judging.factories import make_round, make_sheet
from yipanqi.facts.judging.models import OpenSheet, Round, SecretSheet
from yipanqi.facts.judging.reads import judged_words, self_rounds, waiting_in
from yipanqi.facts.judging.rules import RoundState, Side, Way
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db
FULL = {"研究深度": 500, "信息": 500, "配合": 400}
FAIR = {"研究深度": 400, "信息": 400, "配合": 400}


def standing(judging: Round) -> Round:
    return Round.objects.as_of().get(pk=judging.pk)


def count(county, judging, **changes):
    return count_round(judging=judging, **{"by": county.clerk, "at": NOON, **changes})


def test_a_later_judgement_replaces_an_earlier_and_both_stay():
    county = make_county()
    judging = make_round(county)
    town = county.units["青山镇"].pk

    first = make_sheet(county, judging, "统计局", {"青山镇": {"环境": 800}})
    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 950}}, reason="复核后调整")
    word = judged_words([judging])[judging.pk][town, "环境"]

    assert (word.points, word.reason, word.unit, word.before) == (950, "复核后调整", "统计局", 1)
    assert judged_words([judging], seq=first.pk)[judging.pk][town, "环境"].points == 800
    assert OpenSheet.objects.count() == 2
    assert str(judging) == "年度评定"
    assert str(first) == "统计局 年度评定"
    assert list(reads.findings()) == []


def test_an_office_owes_its_sheet_until_every_holder_has_every_item():
    county = make_county()
    judging, office = make_round(county), county.units["统计局"].pk
    whole = {"环境": 900, "批评": -500}

    make_sheet(county, judging, "统计局", {"青山镇": whole})
    assert waiting_in([judging]) == {judging.pk: (office,)}

    make_sheet(county, judging, "统计局", {"柳河镇": whole})
    assert waiting_in([judging]) == {judging.pk: ()}


def test_a_rating_is_counted_once_and_its_result_is_written_in_the_open():
    county = make_county()
    parks, towns = county.units["经济开发区"].pk, county.units["柳河镇"].pk
    sides = (Side("园区", 70, (parks,)), Side("乡镇", 30, (towns,)))
    judging = make_round(county, Way.RATING, holders=["青山镇"], sides=sides)
    make_sheet(county, judging, "经济开发区", {"青山镇": {**FAIR, "配合": 500}})
    make_sheet(county, judging, "经济开发区", {"青山镇": {**FULL, "配合": 300}})
    make_sheet(county, judging, "柳河镇", {"青山镇": FAIR})

    closing = count(county, judging)
    counted = standing(judging)

    assert counted.results[county.units["青山镇"].pk].value == Fraction(127, 10)
    assert counted.closed is RoundState.COUNTED
    assert "127,10" in Entry.objects.get(seq=closing.pk).payload
    assert str(closing) == f"部门评价 {NOON.date()}"
    with refused("已经计票"):
        make_sheet(county, judging, "柳河镇", {"青山镇": FULL})
    with refused("已经结束"):
        count(county, judging)


def test_the_ledger_vouches_for_a_secret_sheet_without_saying_what_is_in_it():
    county = make_county()
    judging = make_round(county, Way.RATING)
    sheet = make_sheet(county, judging, "统计局", {"青山镇": FULL})
    payload = Entry.objects.get(seq=sheet.pk).payload

    assert "commit:" in payload
    assert not re.search("(?<![0-9a-f])500(?![0-9a-f])", payload)  # a digest may hold these digits
    assert "salt" not in payload
    assert list(reads.findings()) == []
    assert str(sheet) == f"部门评价 {NOON.date()}"


def test_a_ballot_is_of_people_and_its_places_become_points():
    county = make_county()
    judging = make_round(county, Way.BALLOT)
    make_sheet(county, judging, "xianzhang", {"青山镇": 1, "柳河镇": 2})
    make_sheet(county, judging, "zhaoshang", {"青山镇": 2, "柳河镇": 1})
    count(county, judging)

    values = {one.value for one in standing(judging).results.values()}

    assert values == {Fraction(99)}
    assert SecretSheet.objects.visible_to(county.leader).count() == 1
    assert SecretSheet.objects.visible_to(county.chief).count() == 0


def test_a_ballot_with_two_on_one_place_is_refused():
    county = make_county()
    judging = make_round(county, Way.BALLOT)

    with refused("同组不得并列：青山镇、柳河镇都是第 1 名"):
        make_sheet(county, judging, "xianzhang", {"青山镇": 1, "柳河镇": 1})


def test_a_holder_scores_itself_and_nobody_else():
    county = make_county()
    judging = make_round(county, Way.SELF)
    points = {"签约项目": 2800, "环境": 900}
    make_sheet(county, judging, "青山镇", {"青山镇": points})
    with refused("柳河镇 环境：这一轮不评这一项"):
        make_sheet(county, judging, "青山镇", {"青山镇": points, "柳河镇": points})

    year = (date(2026, 1, 1), date(2026, 12, 31))
    [one] = self_rounds(county.place.pk, year, seq=reads.now_seq())

    assert judged_words([one])[judging.pk][county.units["青山镇"].pk, "签约项目"].points == 2800
    assert waiting_in([judging])[judging.pk] == (county.units["柳河镇"].pk,)


def test_a_rater_does_not_rate_itself():
    county = make_county()
    own = county.units["青山镇"].pk
    judging = make_round(county, Way.RATING, sides=(Side("", 100, (own,)),))

    with refused("青山镇 信息：这一轮不评这一项"):
        make_sheet(county, judging, "青山镇", {"青山镇": FULL})


def test_somebody_who_was_not_asked_is_refused():
    county = make_county()
    judging = make_round(county)

    with refused("这一轮不由你来评"):
        make_sheet(county, judging, "财政局", {"青山镇": {"环境": 900}})


def test_before_its_day_a_round_with_missing_sheets_is_not_counted():
    county = make_county()
    judging = make_round(county, Way.RATING)
    make_sheet(county, judging, "统计局", {"青山镇": FULL})

    with refused("还没有评：财政局"):
        count(county, judging)
    count(county, judging, at=NOON + timedelta(days=11))
    results = standing(judging).results

    assert results[county.units["青山镇"].pk].value == 14
    assert results[county.units["柳河镇"].pk].value is None


def test_a_ballot_in_which_somebody_is_missing_names_the_juror():
    county = make_county()
    judging = make_round(county, Way.BALLOT)
    make_sheet(county, judging, "xianzhang", {"青山镇": 1, "柳河镇": 2})

    with refused("还没有评：王zhaoshang"):
        count(county, judging)


def test_a_name_stands_once_in_a_period_until_its_round_is_given_up():
    county = make_county()
    judging = make_round(county)
    with refused("已经有一轮“年度评定”"):
        make_round(county)

    cancel_round(judging=judging, reason="名单有误", by=county.clerk, at=NOON)

    assert standing(judging).closed is RoundState.CANCELLED
    assert standing(judging).results == {}
    assert make_round(county).pk > judging.pk
    with refused("已经取消"):
        make_sheet(county, judging, "统计局", {"青山镇": {"环境": 900}})
    with refused("已经结束"):
        cancel_round(judging=judging, reason="名单有误", by=county.clerk, at=NOON)


def test_a_running_round_tells_no_result():
    county = make_county()

    assert standing(make_round(county, Way.RATING)).results == {}


def test_single_ratings_are_seen_by_their_writer_and_where_the_place_says_so_by_the_bureau():
    county = make_county()
    hidden = make_round(county, Way.RATING)
    shown = make_round(county, Way.RATING, name="公开评价", names_shown=True)
    for judging in (hidden, shown):
        make_sheet(county, judging, "统计局", {"青山镇": FULL})

    def seen(person):
        return [one.round for one in SecretSheet.objects.visible_to(person).order_by("seq")]

    assert seen(county.verifier("统计局")) == [hidden, shown]
    assert seen(county.clerk) == [shown]
    assert seen(county.liaison()) == []


def test_somebody_finds_the_rounds_in_which_something_is_owed():
    county = make_county()
    judged, ballot = make_round(county), make_round(county, Way.BALLOT)

    def owed(person):
        running = Round.objects.visible_to(person).running(NOON.date())
        unit = person.acting_unit_id
        return {*running.awaiting_unit(unit), *running.awaiting_juror(person)}

    assert owed(county.verifier("统计局")) == {judged}
    assert owed(county.leader) == {ballot}
    assert owed(county.liaison()) == set()
    make_sheet(county, ballot, "xianzhang", {"青山镇": 1, "柳河镇": 2})
    assert owed(county.leader) == set()
    cancel_round(judging=judged, reason="名单有误", by=county.clerk, at=NOON)
    assert owed(county.verifier("统计局")) == set()
    assert judged.rates(county.verifier("统计局")) == (county.units["统计局"].pk,)
    assert ballot.rates(county.leader) == (county.leader.pk,)
