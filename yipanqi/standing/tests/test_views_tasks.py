"""Setting tasks on pages: one anew, a pledge, a split, a year's plan, a table pasted in."""

import pytest

from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.models import Target, YearPlan
from yipanqi.facts.targets.reads import standing_on
from yipanqi.facts.targets.rules import Key, PlanLine, TargetKind, Task
from yipanqi.ledger.reads import now_seq
from yipanqi.org.factories import NOON, make_org
from yipanqi.standing.tests.pages import of, page
from yipanqi.standing.views.plans import _who

pytestmark = pytest.mark.usefixtures("at_noon")
BASIS = {"basis": "青办发〔2026〕3号", "clause": "第二条"}


def give(county, amount, unit="青山镇", code="signed"):
    task = Task(holder_id=county.units[unit].pk, indicator=code, amount=amount)
    set_tasks(tasks=[task], year=2026, ground=Ground(basis="文件"), by=county.clerk, at=NOON)


def said(county, unit="青山镇", kind=TargetKind.ASSIGNED, person=None):
    key = Key(county.units[unit].pk, person, "signed", kind)
    return standing_on(2026, ["signed"]).get(key)


def send(client, person, url, **typed):
    client.force_login(person)
    return client.post(url, {**BASIS, **typed})


def test_a_task_is_set_and_a_change_wants_its_reason(client, county):
    url = f"/targets/{county.units['青山镇'].pk}/set/"

    assert send(client, county.clerk, url, indicator="signed", amount="3").status_code == 302
    refused = send(client, county.clerk, url, indicator="signed", amount="4")
    assert (refused.status_code, said(county)) == (422, 3)
    assert "调整已下达的任务要写明理由" in page(refused)
    assert 'value="4"' in page(refused)
    send(client, county.clerk, url, indicator="signed", amount="4", reason="撤并一个村")

    assert said(county) == 4
    assert "撤并一个村" in page(of(county.clerk, url.removesuffix("set/")))


def test_what_cannot_be_read_is_told_beside_its_field(client, county):
    url = f"/targets/{county.units['青山镇'].pk}/set/"
    before = now_seq()

    answer = send(client, county.clerk, url, indicator="signed", amount="三个", basis="")

    assert answer.status_code == 422
    assert "“三个”不是数" in page(answer)
    assert "请选依据文件，或写明依据" in page(answer)
    assert now_seq() == before


def test_only_who_may_sets_a_task(client, county):
    url = f"/targets/{county.units['青山镇'].pk}/set/"
    other = make_org("白水县", prefix="bs-")

    assert send(client, county.liaison(), url).status_code == 403
    assert of(county.clerk, f"/targets/{other.units['青山镇'].pk}/set/").status_code == 404
    assert of(county.clerk, url).status_code == 200


def test_a_unit_pledges_more_than_it_was_given(client, county):
    give(county, 3)
    url = f"/targets/{county.units['青山镇'].pk}/pledge/"

    less = send(client, county.liaison(), url, indicator="signed", amount="2")
    assert "自报数不能低于下达的任务" in page(less)
    send(client, county.liaison(), url, indicator="signed", amount="5")

    assert (said(county), said(county, kind=TargetKind.PLEDGED)) == (3, 5)
    assert send(client, county.liaison("柳河镇"), url).status_code == 403


def test_a_liaison_splits_the_units_task_and_sees_the_sum(client, county):
    give(county, 3)
    person = county.liaison()
    url = f"/targets/{county.units['青山镇'].pk}/split/signed/"
    name = f"person_{person.pk}"
    before = now_seq()

    checked = send(client, person, url, **{name: "5", "check": "1"})
    assert checked.status_code == 200
    assert "超分 2" in page(checked)
    client.force_login(person)
    part = client.post(url, {name: "1", "check": "1"}, headers={"HX-Request": "true"})
    assert "缺口 2" in page(part)
    assert "<html" not in page(part)
    assert now_seq() == before
    assert send(client, person, url, **{name: "3"}).status_code == 302

    assert said(county, person=person.pk) == 3
    assert "正好分完" in page(of(person, url))
    assert of(person, url.replace("signed", "weather")).status_code == 404
    assert send(client, person, url, **{name: "x"}).status_code == 422


def line(number, **typed):
    return {f"{name}_{number}": value for name, value in typed.items()}


def test_a_plan_is_previewed_issued_and_copied_into_the_next_year(client, county):
    give(county, 1)
    give(county, 2, "柳河镇")
    rules = {
        "year": "2026",
        "rows": "3",
        **line(1, who="kind:township", indicator="signed", amount="1"),
        **line(
            2, who="kind:seat", first="1", last="1", persons="on", indicator="funds", amount="5"
        ),
    }

    seen = send(client, county.clerk, "/targets/plans/new/", **rules, preview="1")
    preview = seen.context["preview"]
    assert (len(preview.created), len(preview.changed), preview.unchanged) == (1, 1, 1)
    assert [(each.number, each.total) for each in preview.sums] == [(2, "2"), (1, "5")]
    assert not YearPlan.objects.exists()
    issued = send(client, county.clerk, "/targets/plans/new/", **rules, issue="1")

    plan = YearPlan.objects.get()
    assert issued["Location"] == f"/targets/plans/{plan.pk}/"
    assert plan.targets.count() == 2
    text = page(of(county.liaison(), f"/targets/plans/{plan.pk}/"))
    assert "县领导前 1 位" in text
    assert "王xianzhang" in text
    assert "2026" in page(of(county.liaison(), "/targets/plans/"))
    copied = of(county.clerk, f"/targets/plans/new/?copy={plan.pk}").context["form"]
    assert copied["year"].value() == 2027
    assert copied["who_1"].value() == "kind:township"
    assert copied["amount_2"].value() == "5"


def test_a_plan_with_gaps_says_where(client, county):
    before = now_seq()

    half = send(
        client,
        county.clerk,
        "/targets/plans/new/",
        year="2026",
        rows="3",
        **line(1, who="kind:township", amount="1"),
        preview="1",
    )
    assert half.status_code == 422
    assert "这一行没有写全" in page(half)
    nobody = send(
        client,
        county.clerk,
        "/targets/plans/new/",
        year="2026",
        rows="1",
        **line(1, who="kind:township", first="9", indicator="signed", amount="1"),
        preview="1",
    )
    assert "没有符合这一行的单位或人员" in page(nobody)
    more = send(client, county.clerk, "/targets/plans/new/", year="2026", rows="4", more="1")

    assert (more.status_code, more.context["form"].rows) == (200, 9)
    assert now_seq() == before
    assert "还没有下达过年度计划" in page(of(county.liaison(), "/targets/plans/"))
    assert send(client, county.liaison(), "/targets/plans/new/").status_code == 403


def test_a_line_says_in_words_who_it_is_for(county):
    units = {unit.pk: unit for unit in county.units.values()}
    told = [
        _who(PlanLine(indicator="signed", amount=1, **who), units)
        for who in (
            {"kind": "seat"},
            {"kind": "seat", "last": 2},
            {"kind": "seat", "first": 3},
            {"kind": "seat", "first": 3, "last": 5},
            {"unit_id": county.units["青山镇"].pk},
        )
    ]

    assert told == ["县领导", "县领导前 2 位", "县领导第 3 位起", "县领导第 3 至 5 位", "青山镇"]


def test_a_table_is_pasted_looked_at_and_set(client, county):
    rows = "单位\t指标\t任务数\n青山镇\tsigned\t3\n\n柳河镇\t到位资金\t1,200\n"

    seen = send(client, county.clerk, "/targets/paste/", year="2026", text=rows, preview="1")
    assert len(seen.context["preview"].created) == 2
    assert not Target.objects.exists()
    done = send(client, county.clerk, "/targets/paste/", year="2026", text=rows, issue="1")

    assert done.status_code == 302
    assert sorted(Target.objects.values_list("amount", flat=True)) == [3, 1200 * 1_000_000]
    assert of(county.clerk, "/targets/paste/").status_code == 200


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("青山镇\tsigned", "要有三列"),
        ("青石镇\tsigned\t3", "没有“青石镇”这个单位"),
        ("青山镇\t天气\t3", "没有“天气”这个指标"),
        ("青山镇\tsigned\t很多", "“很多”不是数"),
    ],
)
def test_a_row_that_cannot_be_meant_is_told_with_its_number(client, county, row, words):
    answer = send(client, county.clerk, "/targets/paste/", year="2026", text=row, issue="1")

    assert answer.status_code == 422
    assert words in page(answer)
    assert "第 1 行" in page(answer)
    assert not Target.objects.exists()


def test_a_task_of_another_issuer_and_tier_stands_beside_the_places_own(client, county):
    url = f"/targets/{county.units['青山镇'].pk}/set/"
    layer = {"issuer": "省", "tier": "力争"}
    send(client, county.clerk, url, indicator="signed", amount="3")

    sent = send(client, county.clerk, url, indicator="signed", amount="5", **layer)
    again = send(client, county.clerk, url, indicator="signed", amount="6", **layer)

    assert (sent.status_code, again.status_code) == (302, 422)
    assert said(county) == 3
    key = Key(county.units["青山镇"].pk, None, "signed", TargetKind.ASSIGNED, "省", "力争")
    assert standing_on(2026, ["signed"])[key] == 5
    assert "省 力争" in page(of(county.clerk, url.removesuffix("set/")))
