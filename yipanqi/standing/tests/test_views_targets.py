"""Pages of tasks: everybody's, one holder's, the records behind a figure, who has none."""

import re
from datetime import date

import pytest

from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import TargetKind, Task
from yipanqi.org.factories import NOON, make_org
from yipanqi.standing.factories import make_project, make_settings, recognise
from yipanqi.standing.tests.pages import asked_for, of, page

pytestmark = pytest.mark.usefixtures("at_noon")
WAN = 1_000_000
GROUND = Ground(basis="青办发〔2026〕3号", clause="第二条")


def task(county, unit, amount, code="signed", **more):
    return Task(holder_id=county.units[unit].pk, indicator=code, amount=amount, **more)


def give(county, *tasks, year=2026):
    set_tasks(tasks=tasks, year=year, ground=GROUND, by=county.clerk, at=NOON)


@pytest.fixture
def tasked(county):
    """Two townships share a project; one has met its task, one has pledged, the zone is behind."""
    give(
        county,
        task(county, "青山镇", 1),
        task(county, "柳河镇", 2),
        task(county, "柳河镇", 4, kind=TargetKind.PLEDGED),
        task(county, "经济开发区", 72 * 10_000 * WAN, "funds"),
    )
    recognise(make_project(county), "signed")
    shares = [
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.INTRODUCER, num=1, den=2),
        Share(unit_id=county.units["柳河镇"].pk, role=PartRole.INTRODUCER, num=1, den=2),
        Share(unit_id=county.units["柳河镇"].pk, role=PartRole.LANDING),
    ]
    recognise(make_project(county, name="共享", shares=shares), "signed")
    return county


def doors(text):
    """Every door on a page with the figure it promises."""
    return re.findall(r'href="([^"]*records[^"]*)" data-(n|fen)="([^"]*)"', text)


def test_everybodys_tasks_stand_by_kind_with_what_is_strong_and_weak(tasked):
    text = page(of(tasked.clerk, "/targets/"))

    assert "2026 年任务" in text
    assert "3 个有任务的单位中 1 个已完成" in text
    assert "距季末还有 41 天" in text
    assert "自报 4，完成 12.5%" in text
    assert re.search(r"短板</strong>\s*到位资金 0.0%", text)


def test_every_figure_opens_exactly_its_records(tasked):
    for person in (tasked.clerk, tasked.liaison("柳河镇"), tasked.leader):
        found = doors(page(of(person, "/targets/")))
        assert len(found) > 8
        for url, kind, figure in found:
            opened = page(of(person, url.replace("&amp;", "&")))
            assert f'<strong data-{kind}="{figure}"' in opened, url


def test_what_is_out_of_sight_is_counted_and_said_in_one_line(tasked):
    url = "/targets/records/?group=township&indicator=signed"

    text = page(of(tasked.liaison("柳河镇"), url))

    assert 'data-n="2"' in text
    assert "另有 1 条、1 个不在你的查看范围" in text
    assert "几家共同引进的项目只算一次" in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=met", ["青山镇"]),
        ("state=behind", ["柳河镇", "经济开发区"]),
        ("indicator=funds", ["经济开发区"]),
        ("group=zone", ["经济开发区"]),
        ("day=2026-06-30", ["青山镇", "柳河镇", "经济开发区"]),
        ("indicator=nonsense&day=soon", ["青山镇", "柳河镇", "经济开发区"]),
    ],
)
def test_tasks_are_asked_for_by_state_indicator_kind_and_day(tasked, query, names):
    found = of(tasked.clerk, f"/targets/?{query}").context["found"]

    rows = [row for group in found.groups for row in group.rows if row.paces]
    assert [row.unit.name for row in rows] == names


def test_a_year_without_tasks_says_what_to_do(county):
    text = page(of(county.clerk, "/targets/?state=met"))

    assert "没有符合条件的单位" in text
    assert "下达年度计划</a>" in text
    assert "下达年度计划</a>" not in page(of(county.verifier(), "/targets/?state=met"))


def test_another_year_is_seen_at_its_end(tasked):
    give(tasked, task(tasked, "青山镇", 7), year=2025)

    assert of(tasked.clerk, "/targets/?year=2025").context["at"].day == date(2025, 12, 31)
    assert of(tasked.clerk, "/targets/?day=2026-12-30").context["at"].day == date(2026, 11, 20)
    plain = re.sub(r"<[^>]+>|\s", "", page(of(tasked.clerk, "/targets/?year=2025")))
    assert "0/7" in plain


def test_a_holders_page_tells_every_word_on_its_tasks(tasked):
    give(tasked, task(tasked, "柳河镇", 3))
    person = tasked.liaison("柳河镇")
    give(tasked, task(tasked, "柳河镇", 5, person_id=person.pk))

    text = page(of(person, f"/targets/{tasked.units['柳河镇'].pk}/"))

    assert "超分 2" in text
    assert text.count("青办发〔2026〕3号第二条") == 4
    assert "自加压力" in text
    assert "定任务</a>" not in text
    assert "分到人</a>" in text
    assert "分到人</a>" not in page(of(tasked.liaison(), f"/targets/{tasked.units['柳河镇'].pk}/"))


def test_a_part_that_falls_short_of_the_whole_says_by_how_much(tasked):
    person = tasked.liaison("柳河镇")
    give(tasked, task(tasked, "柳河镇", 1, person_id=person.pk))

    assert "缺口 1" in page(of(person, f"/targets/{tasked.units['柳河镇'].pk}/"))


def test_a_holder_without_a_task_is_told_so_and_of_elsewhere_there_is_none(county):
    unit = county.units["财政局"].pk
    other = make_org("白水县", prefix="bs-")

    assert "今年还没有任务" in page(of(county.clerk, f"/targets/{unit}/"))
    assert of(county.clerk, f"/targets/{other.units['青山镇'].pk}/").status_code == 404
    assert of(county.administrator, "/targets/").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["", "indicator=weather", "indicator=signed&group=nobody", "indicator=signed&holder=9999"],
)
def test_a_figure_that_is_not_there_has_no_records(tasked, query):
    assert of(tasked.clerk, f"/targets/records/?{query}").status_code == 404


def test_who_has_no_task_is_named(tasked):
    give(tasked, task(tasked, "青山镇", 1, person_id=tasked.liaison().pk))

    found = of(tasked.clerk, "/targets/gaps/")

    named = {gap.unit.name: gap for gap in found.context["gaps"]}
    assert "青山镇" not in named
    assert named["柳河镇"].has_task
    assert not named["财政局"].has_task
    assert f'<strong data-n="{found.context["units"]}"' in page(found)


def test_pages_of_tasks_ask_a_constant_number_of_times(tasked):
    unit = tasked.units["柳河镇"].pk
    before = [asked_for(tasked.clerk, url) for url in ("/targets/", f"/targets/{unit}/")]
    give(tasked, *(task(tasked, name, 2, "leads") for name in ("青山镇", "柳河镇", "财政局")))
    recognise(make_project(tasked, name="三"), "signed")

    after = [asked_for(tasked.clerk, url) for url in ("/targets/", f"/targets/{unit}/")]

    assert before == after
    assert max(after) <= 16


def test_before_there_are_definitions_there_are_no_tasks(db):
    county = make_org()

    assert "口径" in page(of(county.clerk, "/targets/"))
    assert of(county.clerk, "/targets/gaps/").status_code == 404


def test_where_all_figures_come_from_outside_tasks_wait_for_them(tasked):
    said = "[{code: foreign, name: 实际利用外资, unit: 万美元}]"
    make_settings(tasked, valid_from="2026-06-01", indicators=said)
    give(tasked, task(tasked, "青山镇", 300 * WAN, "foreign"))

    text = page(of(tasked.clerk, f"/targets/{tasked.units['青山镇'].pk}/"))

    assert "等统计数" in text
    assert "待统计" in text
    assert "signed" in text, "an indicator that the place has dropped stays in the history"
    assert of(tasked.clerk, "/targets/records/?indicator=foreign").status_code == 404
