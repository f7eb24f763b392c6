"""A method of every kind of rule, live: units by name, merged ones, parts, grades, rewards."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.live import Live, live, opened
from yipanqi.core.problems import Refused
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

TODAY = date(2026, 11, 20)
DAY = {"day": "2026-11-20"}
METHOD = """\
method: 青禾县重点工作考核办法
full: 60
figures:
  签约数: {unit: 个, measure: projects, node: signed, credit: introducer}
  挂钩: {holders: true}
groups:
  - group: 重点镇
    units: [青山镇]
    parts: [{part: 加分, at_most: 3, says: 加分最多 3 分。, clause: 第七条}]
    items:
      - {item: 签约, says: 每个 20 分。, full: 60, points: =20*签约数, at_most: =满分}
      - {item: 超额, says: 每个 2 分。, kind: bonus, part: 加分, points: =2*签约数}
  - {group: 其他镇, kinds: [township], items: 重点镇}
merge: {青山镇: [经济开发区]}
veto: [{veto: 空白, says: 一个也没有的，, when: =签约数<0}]
results:
  tie_break: =签约数
  grades:
    - {grade: 优秀, clause: 第八条, says: 60 分以上为优秀。, when: =总分>=60}
  lists:
    - list: 先进
      clause: 第九条
      first: 1
      together: true
      by: =总分
      when: =总分>0
      unless: =总分<1
      amount: =100-名次
      unit: 万元
      outcome: 表彰
    - {list: 末位, last: 1}
"""


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    recognise(make_project(county, name="青山项目一"), "signed")
    recognise(make_project(county, name="青山项目二"), "signed")
    recognise(make_project(county, unit="经济开发区", name="园区项目"), "signed")
    return county


def drawn(county: County) -> Live:
    found = live(county.place.pk, day=TODAY)
    assert found is not None
    return found


def test_who_is_named_stands_apart_from_its_kind_and_who_is_merged_nowhere(county):
    scored = drawn(county)

    groups = {group.group: {row.holder for row in group.rows} for group in scored.sheet.groups}
    assert groups["重点镇"] == {"青山镇"}
    assert "青山镇" not in groups["其他镇"]
    assert "柳河镇" in groups["其他镇"]
    assert "经济开发区" not in scored.holders
    assert [one.name for one in scored.added_to(scored.holders["青山镇"])] == ["经济开发区"]


def test_the_figures_of_the_merged_are_added_and_open_to_their_records(county):
    scored = drawn(county)
    holder = scored.holders["青山镇"]

    # 三个项目：60 封在满分，加分 6 封在 3
    assert scored.row("青山镇").total == 63
    found = opened(scored, holder, "签约数")
    assert found.value == 3
    assert sum(record.amount for record in found.records) == 3
    assert opened(scored, holder, "挂钩").names == ()


def test_pages_show_grade_part_reward_and_what_is_merged(county, client):
    client.force_login(county.chief)
    holder = county.units["青山镇"].pk

    one = client.get(reverse("score", args=[holder]), DAY).content.decode()
    everybody = client.get(reverse("scores"), DAY).content.decode()
    told = client.get(f"/api/scores/{holder}", DAY).json()
    sheet = client.get("/api/scores", DAY).json()

    assert "加分各项合计 6.00，不高于 3，减 3.00" in one
    assert "第七条" in one
    assert "60 分以上为优秀。" in one
    assert "99 万元" in one
    assert "经济开发区的数并入这里，不单独考核。" in one
    assert all(words in everybody for words in ("优秀", "加分封顶", "99 万元", "表彰"))
    assert (told["grade"], told["rewards"][0]["amount"]) == ("优秀", "99")
    assert told["grade_because"] == "总分 63 ≥ 60"
    assert sheet["lists"][0]["rewards"][0]["holder"] == "青山镇"


def test_a_merged_unit_has_no_page_of_its_own(county, client):
    client.force_login(county.chief)

    assert client.get(reverse("score", args=[county.units["经济开发区"].pk])).status_code == 404


def test_the_page_of_the_method_shows_all_its_rules(county, client):
    client.force_login(county.liaison())

    page = client.get(reverse("method")).content.decode()

    for words in (
        "=满分",
        "加分最多 3 分。",
        "合并考核",
        "一个也没有的，",
        "=100-名次",
        "60 分以上为优秀。",
        "各组一起排",
    ):
        assert words in page


def test_units_that_the_place_has_not_are_refused(county):
    text = METHOD.replace("units: [青山镇]", "units: [青山]").replace("[经济开发区]", "[经济]")

    with pytest.raises(Refused) as refused:
        adopt_method(place=county.place, text=text, by=county.chief, at=NOON)

    told = str(refused.value)
    assert "分组“重点镇”的 units：这里没有“青山”这个单位" in told
    assert "merge：这里没有“经济”这个单位" in told


def test_the_workbook_has_pages_of_lists(county, client, tmp_path):
    client.force_login(county.chief)
    path = tmp_path / "book.xlsx"

    path.write_bytes(client.get(reverse("score_sheet"), DAY).content)

    assert {"各组·名单", "其他镇·名单"} <= set(openpyxl.load_workbook(path).sheetnames)
