"""Boards on the page: with or without a total, each value open to its figures."""

import pytest

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.live import live
from yipanqi.org.factories import NOON
from yipanqi.standing.factories import make_county, make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
FIGURES = """
figures:
  签约数: {unit: 个, measure: projects, node: signed}
  占比: {unit: "%", is: =签约数/组合计(签约数)}
"""
BOARDS = """
results:
  boards:
    - {board: 签约榜, says: 本年新签约。, by: =签约数, unit: 个}
    - {board: 占比榜, by: =占比, when: =签约数>0, decimals: 1, unit: "%"}
    - {board: 空榜, by: =签约数, when: =签约数>99}
"""
ONLY = f"method: 赛马办法\n{FIGURES}groups:\n  - {{group: 乡镇组, kinds: [township]}}\n{BOARDS}"


@pytest.fixture
def county():
    county = make_county()
    for name in ("一号项目", "二号项目"):
        recognise(make_project(county, name=name))
    adopt_method(place=county.place, text=ONLY, by=county.chief, at=NOON)
    return county


def test_a_method_without_totals_is_shown_as_its_boards(client, county):
    client.force_login(county.chief)

    told = client.get("/scores/").content.decode()

    assert "签约榜" in told
    assert "本年新签约。" in told
    assert "100.0%" in told
    assert "这个榜上现在没有单位" in told
    assert told.index("青山镇") < told.index("柳河镇")


def test_a_value_opens_to_the_records_that_it_counts(client, county):
    client.force_login(county.chief)
    unit = county.units["青山镇"].pk

    assert f"/scores/{unit}/签约数/" in client.get("/scores/").content.decode() or (
        f"/scores/{unit}/%E7%AD%BE%E7%BA%A6%E6%95%B0/" in client.get("/scores/").content.decode()
    )
    door = client.get(f"/scores/{unit}/签约数/")
    assert sum(one.amount for one in door.context["opened"].records) == 2


def test_who_only_stands_on_boards_has_no_total_to_explain(client, county):
    client.force_login(county.chief)

    assert client.get(f"/scores/{county.units['青山镇'].pk}/").status_code == 404


def test_a_board_shows_who_stands_on_it_in_order_and_nobody_else(county):
    found = live(county.place.pk, day=NOON.date())

    assert found is not None
    boards = {board.board: [row.holder for row in board.rows] for board in found.sheet.boards}
    assert boards == {"签约榜": ["青山镇", "柳河镇"], "占比榜": ["青山镇"], "空榜": []}


def test_programs_find_no_total_of_who_only_stands_on_boards(client, county):
    client.force_login(county.chief)

    assert client.get(f"/api/scores/{county.units['青山镇'].pk}").status_code == 404
    told = client.get("/api/scores").json()["groups"]
    first = next(one for one in told if one["group"] == "乡镇组·签约榜")
    assert [row["holder"] for row in first["rows"]] == ["青山镇", "柳河镇"]


def test_the_desk_of_such_a_place_shows_no_ranking(client, county):
    client.force_login(county.chief)

    assert client.get("/").status_code == 200
