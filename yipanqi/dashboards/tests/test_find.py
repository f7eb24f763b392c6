"""One search finds everything that somebody may see, and nothing else."""

import pytest

from yipanqi.dispatch.models import Bulletin
from yipanqi.ledger.actions import record
from yipanqi.org.rules import Kind
from yipanqi.place.factories import make_document
from yipanqi.standing.factories import NOON, make_county, make_project
from yipanqi.standing.tests.pages import TODAY, asked_for, of, page


def found(person, text):
    answer = of(person, f"/find/?q={text}")
    assert answer.status_code == 200
    return {g.label: [row.label for row in g.rows] for g in answer.context["groups"]}


def test_projects_and_enterprises_are_found_by_two_characters(county):
    make_project(
        county, name="马铃薯全产业链项目", investor="云岭食品有限公司", company="青禾云岭公司"
    )
    make_project(county, name="云岭茶园项目", investor="高山茶业公司")

    results = found(county.clerk, "云岭")

    assert set(results["项目"]) == {"马铃薯全产业链项目", "云岭茶园项目"}
    assert results["企业"] == ["云岭食品有限公司", "青禾云岭公司"]


def test_full_width_letters_find_what_is_written_in_ordinary_ones(county):
    make_project(county, name="LED 灯具项目")

    assert found(county.clerk, "ＬＥＤ")["项目"] == ["LED 灯具项目"]


def test_more_than_a_handful_leads_to_the_whole_list(county):
    for number in range(9):
        make_project(county, name=f"茶园项目{number}")

    answer = of(county.clerk, "/find/?q=茶园")
    (projects,) = (group for group in answer.context["groups"] if group.label == "项目")

    assert len(projects.rows) == 8
    assert of(county.clerk, projects.more).context["totals"].number == 9


def test_units_people_documents_and_bulletins_are_found(county):
    make_document(county, title="招商规程")
    issued = Bulletin(
        place=county.place,
        year=2026,
        number=1,
        period="2026-11-a",
        title="关于11月上半月的通报",
        document_number="青招组办〔2026〕1号",
        remarks="",
        content="{}",
        checkpoint="1:a",
        happened_on=TODAY,
    )
    record(issued, by=county.chief, at=NOON)

    assert found(county.liaison(), "青山")["单位"] == ["青山镇"]
    assert found(county.liaison(), "王tongji")["人员"] == ["王tongji"]
    assert found(county.liaison(), "规程")["依据文件"] == ["《招商规程》"]
    assert found(county.liaison(), "2026〕1")["通报"] == ["关于11月上半月的通报"]


def test_pages_are_found_by_name_as_far_as_one_may_open_them(county):
    assert found(county.chief, "通报")["页面"] == ["通报", "起草通报"]
    assert found(county.liaison(), "通报")["页面"] == ["通报"]
    assert "项目" not in found(county.administrator, "")["页面"]


def test_one_character_finds_units_and_asks_for_another_one(county):
    make_project(county, name="青茶项目")

    assert set(found(county.clerk, "镇")["单位"]) == {"青山镇", "柳河镇"}
    assert "项目" not in found(county.clerk, "青")
    assert "再输一个字" in page(of(county.clerk, "/find/?q=龘"))


def test_what_is_not_there_is_said_with_what_to_do(county):
    assert "没有找到“龘龘”" in page(of(county.clerk, "/find/?q=龘龘"))


def test_nothing_outside_ones_sight_is_found(county):
    make_project(county, name="柳河茶园项目", unit="柳河镇")
    other = make_county("白水县", prefix="bs")
    make_project(other, name="白水茶园项目")

    assert found(county.liaison("青山镇"), "茶园") == {}
    assert found(county.clerk, "茶园")["项目"] == ["柳河茶园项目"]
    assert found(county.clerk, "白水") == {}
    assert found(county.administrator, "茶园") == {}
    assert found(county.clerk, "王bs") == {}


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_asked_for_shows_the_pages_alone(county, text):
    assert set(found(county.clerk, text)) == {"页面"}


def test_the_palette_gets_the_results_alone(county):
    answer = of(county.clerk, "/find/?q=青山", headers={"hx-request": "true"})

    assert "青山镇" in page(answer)
    assert "<html" not in page(answer)


def test_every_page_has_the_palette_and_its_field_works_without_a_script(county):
    text = page(of(county.clerk, "/projects/"))

    assert 'id="palette"' in text
    assert 'action="/find/"' in text


def test_a_search_takes_the_same_queries_however_much_it_finds(county):
    make_project(county, name="茶园项目")
    few = asked_for(county.clerk, "/find/?q=茶园")
    for number in range(6):
        make_project(county, name=f"茶园项目{number}", investor=f"茶园公司{number}")

    assert asked_for(county.clerk, "/find/?q=茶园") == few <= 12


def test_groups_are_units_too(county):
    assert str(Kind.SEAT.label) in page(of(county.clerk, "/find/?q=县长岗位"))
