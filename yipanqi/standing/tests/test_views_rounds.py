"""Rounds in the browser: who is awaited, sheets written and refused, the count, what stays unseen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from yipanqi.facts.judging.actions import count_round
from yipanqi.facts.judging.factories import make_round, make_sheet
from yipanqi.facts.judging.models import Closing, OpenSheet, SecretSheet
from yipanqi.facts.judging.rules import Side, Way
from yipanqi.standing.tests.pages import NOON, asked_for, of, page

FULL = {"研究深度": 500, "信息": 500, "配合": 400}
MOST = 12


@pytest.fixture(autouse=True)
def noon(settings):
    """Everything here plays on the day of the examples."""
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


def fill(client, person, judging, said):
    client.force_login(person)
    return client.post(reverse("round_fill", args=[judging.pk]), said)


def in_fields(county, said):
    """Points and reasons as the page sends them: by holder and the number of the item."""
    return {
        f"{kind}_{county.units[holder].pk}_{number}": value
        for holder, told in said.items()
        for number, (points, reason) in enumerate(told)
        for kind, value in (("points", points), ("reason", reason))
    }


def test_without_rounds_the_page_says_what_will_fill_it_and_offers_it_to_the_office(county):
    empty = page(of(county.liaison(), reverse("rounds")))

    assert "还没有评分" in empty
    assert reverse("round_new") not in empty
    assert reverse("round_new") in page(of(county.clerk, reverse("rounds")))


def test_an_office_judges_item_by_item_and_says_why(county, client):
    judging, office = make_round(county), county.verifier("统计局")
    said = in_fields(county, {"青山镇": [("9.5", "现场核查"), ("", "")]})

    assert "填写" in page(of(office, reverse("rounds")))
    answer = fill(client, office, judging, said)
    shown = page(of(county.liaison(), reverse("round", args=[judging.pk])))

    assert answer.status_code == 302
    assert 'data-n="19/2">9.5' in shown
    assert "现场核查" in shown
    assert "未填" in shown
    assert OpenSheet.objects.get().done is False


def test_what_is_out_of_range_is_refused_with_the_range_and_nothing_typed_is_lost(county, client):
    judging = make_round(county)
    said = in_fields(county, {"青山镇": [("12", "很好"), ("abc", "")]})
    first = page(fill(client, county.verifier("统计局"), judging, said))
    said = in_fields(county, {"青山镇": [("12", "很好"), ("", "")]})
    second = fill(client, county.verifier("统计局"), judging, said)

    assert "“abc”不是分数" in first
    assert second.status_code == 422
    assert "只能给 0～10 分，你填的是 12 分" in page(second)
    assert 'value="很好"' in page(second)
    assert OpenSheet.objects.count() == 0


def test_a_correction_writes_only_what_changed_and_tells_how_often(county, client):
    judging, office = make_round(county), county.verifier("统计局")
    both = [("9", "现场核查"), ("-5", "未按时整改")]
    fill(client, office, judging, in_fields(county, {"青山镇": both}))
    shown = page(of(office, reverse("round_fill", args=[judging.pk])))
    fill(client, office, judging, in_fields(county, {"青山镇": [("8", "复核"), both[1]]}))
    unchanged = fill(
        client, office, judging, in_fields(county, {"青山镇": [("8", "复核"), both[1]]})
    )

    assert 'value="9"' in shown
    assert [len(sheet.said) for sheet in OpenSheet.objects.order_by("seq")] == [2, 1]
    assert "改过 1 次" in page(of(office, reverse("round", args=[judging.pk])))
    assert unchanged.status_code == 422


def test_a_rating_hides_its_results_and_its_sheets_until_it_is_counted(county, client):
    judging = make_round(county, Way.RATING)
    said = {f"points_{county.units[u].pk}_{n}": "4" for u in ("青山镇", "柳河镇") for n in range(3)}
    fill(client, county.verifier("统计局"), judging, said)
    address = reverse("round", args=[judging.pk])

    before = page(of(county.clerk, address))
    fill(client, county.verifier("财政局"), judging, said)
    ready = page(of(county.clerk, address))
    client.force_login(county.clerk)
    counted = client.post(reverse("round_count", args=[judging.pk]), follow=True)

    assert "还没有填" in before
    assert "财政局" in before
    assert "12" not in before.split("计票以前不出结果")[0].split("谁来评")[1]
    assert reverse("round_count", args=[judging.pk]) not in before
    assert reverse("round_count", args=[judging.pk]) in ready
    assert 'data-n="12">12' in page(counted)
    assert "各家评分" not in page(counted)
    assert (
        of(county.verifier("统计局"), reverse("round_fill", args=[judging.pk])).status_code == 200
    )
    late = fill(client, county.verifier("统计局"), judging, said)
    assert late.status_code == 422
    assert "已经计票" in page(late)


def test_single_ratings_are_shown_to_the_bureau_where_the_round_says_so(county):
    judging = make_round(county, Way.RATING, names_shown=True)
    make_sheet(county, judging, "统计局", {"青山镇": FULL})
    address = reverse("round", args=[judging.pk])

    assert "青山镇 14" in page(of(county.clerk, address))
    assert "青山镇 14" not in page(of(county.liaison(), address))
    assert "青山镇 14" not in page(of(county.verifier("统计局"), address))


def test_a_silent_side_is_named_beside_the_holder_it_says_nothing_of(county):
    units = (county.units["经济开发区"].pk, county.units["柳河镇"].pk)
    sides = (Side("园区", 70, units[:1]), Side("乡镇", 30, units[1:]))
    judging = make_round(county, Way.RATING, holders=["青山镇"], sides=sides)
    make_sheet(county, judging, "经济开发区", {"青山镇": FULL})
    count_round(judging=judging, by=county.clerk, at=NOON + timedelta(days=11))

    shown = page(of(county.liaison(), reverse("round", args=[judging.pk])))

    assert "乡镇没有评，算不出" in shown


def test_a_juror_ranks_everybody_and_ties_are_refused_with_the_names(county, client):
    judging = make_round(county, Way.BALLOT)
    first, second = (county.units[name].pk for name in ("青山镇", "柳河镇"))

    tied = fill(client, county.leader, judging, {f"place_{first}": 1, f"place_{second}": 1})
    fill(client, county.leader, judging, {f"place_{first}": 1, f"place_{second}": 2})

    assert tied.status_code == 422
    assert "同组不得并列：青山镇、柳河镇都是第 1 名" in page(tied)
    assert SecretSheet.objects.get().person == county.leader
    own = page(of(county.leader, reverse("round_fill", args=[judging.pk])))
    assert 'value="2"' in own
    assert "第一名 100 分，每退一名减 2 分" in page(
        of(county.clerk, reverse("round", args=[judging.pk]))
    )


def test_whoever_was_not_asked_writes_no_sheet_and_another_rater_cannot_be_taken(county):
    judging = make_round(county)
    address = reverse("round_fill", args=[judging.pk])

    assert of(county.liaison(), address).status_code == 403
    assert of(county.administrator, address).status_code == 403
    other = county.units["财政局"].pk
    assert of(county.verifier("统计局"), f"{address}?rater={other}").status_code == 403


def test_a_unit_scores_itself_on_a_page_of_its_own(county, client):
    judging = make_round(county, Way.SELF)
    said = in_fields(county, {"青山镇": [("28", "三个项目"), ("9", "")]})

    shown = page(of(county.liaison(), reverse("round_fill", args=[judging.pk])))
    answer = fill(client, county.liaison(), judging, said)

    assert "柳河镇" not in shown.split("<form")[-1]
    assert answer.status_code == 302
    assert "三个项目" in page(of(county.clerk, reverse("round", args=[judging.pk])))


def test_after_its_day_a_round_is_overdue_and_names_who_is_missing(county):
    judging = make_round(county, due_on=date(2026, 11, 10))
    office = county.verifier("统计局")

    assert "已过期限 10 天" in page(of(office, reverse("rounds")))
    assert "逾期 10 天" in page(of(county.liaison(), reverse("rounds")))
    assert "统计局" in page(of(county.liaison(), reverse("round", args=[judging.pk])))


def test_a_round_is_given_up_with_a_reason_by_the_office_only(county, client):
    judging = make_round(county)
    address = reverse("round_cancel", args=[judging.pk])
    client.force_login(county.clerk)

    refused = client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "名单有误"})
    again = client.post(address, {"reason": "名单有误"})

    assert refused.status_code == 422
    assert "请写明为什么取消" in page(refused)
    assert done.status_code == 302
    assert again.status_code == 422
    assert Closing.objects.get().reason == "名单有误"
    assert "已取消" in page(of(county.liaison(), reverse("rounds")))
    client.force_login(county.liaison())
    assert client.post(address, {"reason": "不想评"}).status_code == 403


def test_a_round_that_cannot_be_counted_yet_says_what_is_missing(county, client):
    judging = make_round(county, Way.RATING)
    make_sheet(county, judging, "统计局", {"青山镇": FULL})
    client.force_login(county.chief)

    answer = client.post(reverse("round_count", args=[judging.pk]))

    assert answer.status_code == 422
    assert "还没有评：财政局" in page(answer)


@pytest.mark.parametrize("name", ["rounds", "round"])
def test_pages_ask_no_more_for_more_rounds_and_sheets(county, name):
    judging = make_round(county)
    address = reverse(name, args=[judging.pk] if name == "round" else [])
    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 900}})
    first = asked_for(county.clerk, address)
    make_round(county, Way.RATING)
    make_round(county, Way.SELF)
    make_sheet(county, judging, "统计局", {"柳河镇": {"环境": 800}})

    assert asked_for(county.clerk, address) == first
    assert first <= MOST
