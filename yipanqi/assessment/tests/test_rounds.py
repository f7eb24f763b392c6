"""Rounds opened from a method, judged figures in the score, self-scores beside it."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.judging import judgeable, self_scores, unopened
from yipanqi.assessment.reads.live import live
from yipanqi.assessment.rules.reading import read_method
from yipanqi.facts.judging.actions import cancel_round, count_round
from yipanqi.facts.judging.factories import make_sheet
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import Asked, Way
from yipanqi.standing.factories import NOON, County, make_county
from yipanqi.standing.tests.pages import TODAY, of, page
from yipanqi.standing.tests.programs import as_, problems_of, sent

METHOD = """
method: 专班季度评价办法
source: 举例
full: 100
figures:
  环境: {label: 营商环境, unit: 分, measure: judged, indicator: 环境, highest: 40}
  批评: {label: 通报批评, unit: 分, measure: judged, indicator: 通报批评, lowest: -20, highest: -5}
  扣分: {label: 扣分, unit: 分, is: "=缺(批评, 0)"}
  部门评: {label: 部门评价, unit: 分, measure: rating, indicator: 部门评价}
  评委评: {label: 评委投票, unit: 分, measure: ballot, indicator: 评委投票}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 环境, says: 由统计局评定, full: 40, points: =环境, at_most: 40}
      - {item: 部门评价, says: 部门评分, full: 30, points: =部门评*2}
      - {item: 评委投票, says: 评委排名, full: 30, points: "=评委评*30%"}
      - {item: 批评, says: 每次扣 5 至 20 分, kind: deduction, points: =扣分}
  - {group: 园区组, kinds: [zone], items: 乡镇组}
"""


@pytest.fixture
def county(db, settings) -> County:
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    return county


def scored(county):
    found = live(county.place.pk, day=TODAY)
    assert found is not None
    return found


COMMON = {"period": "2026", "opens_on": "2026-11-01", "due_on": "2026-11-30"}


def opened(client, county, way, **said):
    client.force_login(county.clerk)
    return client.post(f"{reverse('round_new')}?way={way}", {**COMMON, "name": "年度", **said})


def judged(client, county, **said):
    office = county.units["统计局"].pk
    asked = {"office": office, "items": ["环境", "通报批评"], **said}
    assert opened(client, county, "judged", **asked).status_code == 302
    return Round.objects.latest("seq")


def rated(client, county, **said):
    items = {"item_1": "效率", "highest_1": "10", "item_2": "作风", "highest_2": "5"}
    sides = {"who_1": "department"}
    asked = {"group": "乡镇组", **items, **sides, "name": "部门评价", **said}
    return opened(client, county, "rating", **asked)


def test_a_method_says_what_is_judged_within_which_bounds_and_where_it_counts():
    known = judgeable(read_method(METHOD))

    assert known["环境"].asked == Asked("环境", 0, 4000)
    assert known["通报批评"].asked == Asked("通报批评", -2000, -500)
    assert known["通报批评"].groups == ("乡镇组", "园区组")
    unused = METHOD.replace("points: =环境", "points: =0")
    assert judgeable(read_method(unused))["环境"].groups == ("乡镇组", "园区组")


def test_a_judged_round_takes_its_items_and_holders_from_the_method(county, client):
    assert unopened(scored(county)) == ["环境", "通报批评"]
    judging = judged(client, county, items=["环境"])

    assert [block.group for block in judging.asked] == ["乡镇组", "园区组"]
    assert judging.asked[0].items == (Asked("环境", 0, 4000),)
    assert len(judging.holders) == 3
    assert unopened(scored(county)) == ["通报批评"]
    cancel_round(judging=judging, reason="重来", by=county.clerk, at=NOON)
    assert unopened(scored(county)) == ["环境", "通报批评"]


def test_the_total_is_missing_until_everybody_has_spoken_and_then_is_the_sum(county, client):
    judging = judged(client, county)
    assert rated(client, county).status_code == 302
    rating = Round.objects.latest("seq")
    jurors = f"{county.leader.name}\n{county.clerk.username}"
    asked = {"group": "乡镇组", "top": "100", "step": "2", "jurors": jurors, "name": "评委投票"}
    assert opened(client, county, "ballot", **asked).status_code == 302
    ballot = Round.objects.latest("seq")

    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 3650, "通报批评": -1250}})
    for office in ("统计局", "财政局"):
        make_sheet(county, rating, office, {"青山镇": {"效率": 1000, "作风": 400}})
    for juror in ("xianzhang", "clerk"):
        make_sheet(county, ballot, juror, {"青山镇": 1, "柳河镇": 2})
    assert scored(county).row("青山镇").total is None
    late = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    for one in (rating, ballot):
        count_round(judging=one, by=county.clerk, at=late)

    # 评定 36.5 + 互评 14×2 + 票决 100×30% − 批评 12.5
    assert scored(county).row("青山镇").total == Fraction(82)
    assert scored(county).row("柳河镇").total is None
    assert any("环境" in problem.text for problem in scored(county).sheet.problems)


def test_the_door_of_a_judged_figure_says_who_gave_it_and_why(county, client):
    judging = judged(client, county)
    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 3650}}, reason="办件提速")

    address = reverse("figure", args=[county.units["青山镇"].pk, "环境"])
    shown = page(of(county.liaison("柳河镇"), address))

    assert "统计局评定：办件提速" in shown
    assert 'data-n="73/2"' in shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"period": "今年"}, "不是考核期"),
        ({"due_on": "2026-10-01"}, "截止日早于开始日"),
        ({"item_1": "", "item_2": ""}, "请写明评哪几项"),
        ({"highest_1": "0"}, "最低分应低于最高分"),
        ({"who_1": ""}, "请选出由谁来评"),
        ({"weight_1": "70", "who_2": "zone", "weight_2": "20"}, "权重之和是 90%"),
        ({"name": ""}, "这个字段是必填项"),
    ],
)
def test_a_rating_that_cannot_be_held_is_refused_and_nothing_typed_is_lost(
    county, client, said, words
):
    answer = rated(client, county, clause="第四条", **said)

    assert answer.status_code == 422
    assert words in page(answer)
    assert 'value="第四条"' in page(answer)
    assert Round.objects.count() == 0


def test_a_rating_of_two_sides_keeps_their_weights_and_units(county, client):
    rated(client, county, weight_1="70", who_2="zone", weight_2="30", names_shown="on")
    judging = Round.objects.get()

    assert [(side.name, side.weight) for side in judging.judges] == [("责任部门", 70), ("园区", 30)]
    assert judging.judges[1].raters == (county.units["经济开发区"].pk,)
    assert judging.names_shown


@pytest.mark.parametrize(("name", "words"), [("无此人", "没有这个人"), ("王", "有几个人同名")])
def test_a_juror_whom_nobody_or_several_could_be_is_named(county, client, name, words):
    for one in (county.leader, county.clerk):
        type(one).objects.filter(pk=one.pk).update(name="王")
    asked = {"group": "乡镇组", "top": "100", "step": "2", "jurors": name}

    answer = opened(client, county, "ballot", **asked)

    assert answer.status_code == 422
    assert words in page(answer)


def test_a_self_score_stands_beside_the_points_and_changes_no_total(county, client):
    assert opened(client, county, "self").status_code == 302
    judging, town = Round.objects.get(), county.units["青山镇"]
    address = reverse("score", args=[town.pk])
    assert "青山镇还没有自评，2026-11-30 截止" in page(of(county.liaison(), address))
    office = judged(client, county, name="评定")
    make_sheet(county, office, "统计局", {"青山镇": {"环境": 3650}})
    before = scored(county).row("青山镇").total
    own = {"环境": 4000, "部门评价": 2800, "评委投票": 3000, "批评": 0}
    make_sheet(county, judging, "青山镇", {"青山镇": own})

    holder = scored(county).holders["青山镇"]
    found = self_scores(scored(county), holder)
    shown = page(of(county.liaison("柳河镇"), address))

    assert found is not None
    assert found.total is not None
    [first, second, *_rest] = found.lines
    assert (first.own, first.points, first.difference) == ("40", "36.50", "+3.5")
    assert (second.points, second.difference) == (None, "")
    assert (found.total.own, found.total.points) == ("98", None)
    assert scored(county).row("青山镇").total == before
    assert "自评只供对照，不计入总分" in shown
    assert Way(judging.way) is Way.SELF


def test_a_holder_of_another_round_has_no_self_score(county, client):
    holder = scored(county).holders["青山镇"]

    assert self_scores(scored(county), holder) is None


def test_the_page_opens_for_the_office_in_every_way_and_for_no_other_word(county):
    address = reverse("round_new")

    for way in Way.values:
        assert of(county.clerk, f"{address}?way={way}").status_code == 200
    assert of(county.clerk, f"{address}?way=dice").status_code == 404
    assert of(county.liaison(), address).status_code == 403
    assert "办法里还没有开评的：环境、通报批评" in page(of(county.chief, address))


def test_without_a_method_or_without_judged_items_the_page_says_what_to_do(db):
    county = make_county("远山县", prefix="b.")
    assert "还没有考核办法" in page(of(county.clerk, reverse("round_new")))

    text = METHOD.replace(
        "measure: judged, indicator: 环境, highest: 40", "measure: rating, indicator: 甲"
    )
    text = text.replace(
        "measure: judged, indicator: 通报批评, lowest: -20, highest: -5",
        "measure: rating, indicator: 乙",
    )
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    assert "这份办法没有评定项" in page(of(county.clerk, reverse("round_new")))


def test_programs_open_rounds_of_every_way_with_the_forms_of_the_page(county):
    client, when = as_(county.clerk), COMMON
    ways = {
        "judged": {"office": county.units["统计局"].pk, "items": ["环境"]},
        "rating": {
            "group": "乡镇组",
            "asked": [{"item": "效率", "highest": "10"}],
            "sides": [{"kind": "department"}],
        },
        "ballot": {"group": "乡镇组", "jurors": [county.leader.name]},
        "self": {},
    }
    for way, said in ways.items():
        answer = sent(client, "/api/rounds/new", {"way": way, "name": way, **when, **said}, key=way)
        assert answer.status_code == 201
    assert {one.way for one in Round.objects.all()} == set(ways)

    refused = sent(client, "/api/rounds/new", {"way": "self", "name": "self", **when})
    assert "已经有一轮“self”" in problems_of(refused)["名称"]


def test_without_a_method_programs_open_nothing(db):
    county = make_county("远山县", prefix="b.")

    answer = sent(as_(county.clerk), "/api/rounds/new", {"way": "self", "name": "自评", **COMMON})

    assert answer.status_code == 404
