"""A ledger comes in: preview with its doubts, doubles decided by a person, one transaction, taken back."""

import io

import pytest
import xlsxwriter

from yipanqi.core.problems import Refused
from yipanqi.documents.imports import actions
from yipanqi.documents.imports.models import Batch, Decision, Import, State
from yipanqi.facts.projects.models import Claim, Pending, Project
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings, now_seq
from yipanqi.standing.actions import accept_claim
from yipanqi.standing.factories import NOON, County, make_county, make_project

HEADER = ("项目名称", "投资方名称", "投资总额（万元）", "签约日期", "责任单位", "到位资金（万元）")
ROWS = (
    ("绿源果蔬冷链物流园", "绿源物流集团", 12000, "2026-03-05", "青山镇", 300),
    ("恒泰精密轴承生产线", "恒泰机械", "1.5亿", "2026年4月", "柳河镇", None),
    ("", "无名投资", 100, "", "青山镇", None),
    ("新能源电池壳体", "远景材料", 8000, "2026-11-21", "查无此局", None),
)


def ledger(rows=ROWS, header=HEADER) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("签约项目")
    for number, row in enumerate((header, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def preview(county: County, content: bytes | None = None, *, by=None, name="台账.xlsx") -> Batch:
    return actions.preview(
        content=content or ledger(), name=name, kind=None, by=by or county.clerk, at=NOON
    )


def test_a_preview_registers_nothing_and_tells_every_doubt(county):
    before = now_seq()
    batch = preview(county)

    assert now_seq() == before
    assert not Project.objects.exists()
    outcomes = list(batch.lines.order_by("row").values_list("outcome", flat=True))
    assert outcomes == ["warned", "warned", "refused", "warned"]
    told = {p["text"] for line in batch.lines.all() for p in line.problems}
    assert any("没有到账日期" in text for text in told)
    assert any("没有日" in text for text in told)
    assert any("单位名录里没有“查无此局”" in text for text in told)


def test_confirming_registers_what_was_not_refused_and_lays_dates_before_the_offices(county):
    batch = preview(county)
    fact = actions.confirm(batch=batch, by=county.clerk, at=NOON)

    assert (fact.taken, fact.left) == (3, 1)
    projects = {p.name: p for p in Project.objects.all()}
    assert projects["恒泰精密轴承生产线"].total == 15_000 * 10**6
    assert projects["绿源果蔬冷链物流园"].import_row == 2
    assert {p.unit.name for p in projects["绿源果蔬冷链物流园"].parts.filter(role="lead")} == {
        "青山镇"
    }
    assert {p.unit.name for p in projects["新能源电池壳体"].parts.filter(role="lead")} == {
        "招商促进局"
    }
    claims = Claim.objects.all()
    assert [(c.project.name, c.node) for c in claims] == [("绿源果蔬冷链物流园", "signed")]
    assert Pending.objects.count() == 1
    assert Entry.objects.get(seq=fact.seq).kind == "fact:imports.import"
    assert not list(findings())


def test_the_same_content_again_adds_nothing_whatever_the_file_is_called(county):
    first = preview(county)
    second = preview(county, name="改了名字.xlsx")
    actions.confirm(batch=first, by=county.clerk, at=NOON)

    with pytest.raises(Refused, match="已经导入"):
        actions.confirm(batch=second, by=county.clerk, at=NOON)
    with pytest.raises(Refused, match="已经导入过"):
        preview(county, name="又一次.xlsx")
    assert Project.objects.count() == 3


def test_confirming_twice_is_refused(county):
    batch = preview(county)
    actions.confirm(batch=batch, by=county.clerk, at=NOON)

    with pytest.raises(Refused, match="已经处理过"):
        actions.confirm(batch=batch, by=county.clerk, at=NOON)


def test_a_person_decides_what_looks_like_a_known_project(county):
    make_project(county, name="绿源果蔬冷链物流园项目", investor="绿源物流集团有限公司")
    batch = preview(county)
    with pytest.raises(Refused, match="还有 1 行疑似重复"):
        actions.confirm(batch=batch, by=county.clerk, at=NOON)

    actions.decide_doubles(batch=batch, decisions={2: Decision.SAME})
    fact = actions.confirm(batch=batch, by=county.clerk, at=NOON)
    assert fact.taken == 2


def test_a_credit_code_or_a_project_code_that_is_known_is_a_double(county):
    known = make_project(county, name="甲", credit_code="91350100M000100Y43")
    header = ("项目名称", "投资方", "统一社会信用代码", "项目编码")
    rows = [("乙乙乙", "丙", "91350100M000100Y43", ""), ("丁丁丁", "戊", "", known.code)]
    batch = preview(county, ledger(rows, header))

    assert [line.doubles for line in batch.lines.order_by("row")] == [[known.pk], [known.pk]]


def test_a_liaison_imports_only_for_the_own_unit(county):
    batch = preview(county, by=county.liaison("青山镇"))

    told = {line.row: line.problems for line in batch.lines.filter(outcome="refused")}
    assert "只能导入本单位的项目" in told[3][-1]["text"]


def test_landing_place_and_leader_become_parts(county):
    header = ("项目名称", "投资方", "责任单位", "落地园区", "包联领导")
    rows = [("甲乙丙丁项目", "戊", "青山镇人民政府", "经济开发区管委会", "县长岗位")]
    batch = preview(county, ledger(rows, header))
    actions.confirm(batch=batch, by=county.clerk, at=NOON)

    parts = Project.objects.get().parts.values_list("role", "unit__name")
    assert set(parts) == {
        ("introducer", "青山镇"),
        ("lead", "青山镇"),
        ("landing", "经济开发区"),
        ("leader", "县长岗位"),
    }


def test_a_discarded_ledger_is_done_with(county):
    batch = preview(county)
    actions.discard(batch=batch)

    with pytest.raises(Refused, match="已经处理过"):
        actions.discard(batch=batch)
    with pytest.raises(Refused, match="已经处理过"):
        actions.decide_doubles(batch=batch, decisions={})


def test_a_whole_import_is_taken_back_by_new_facts(county):
    batch = preview(county)
    actions.confirm(batch=batch, by=county.clerk, at=NOON)
    batch.refresh_from_db()
    with pytest.raises(Refused, match="理由"):
        actions.take_back(batch=batch, reason=" ", by=county.clerk, at=NOON)
    actions.take_back(batch=batch, reason="传错了年份", by=county.clerk, at=NOON)

    batch.refresh_from_db()
    assert batch.state == State.TAKEN_BACK
    assert not Project.objects.visible_to(county.clerk).exists()
    assert Project.objects.count() == 3
    assert not Pending.objects.exists()
    assert not list(findings())
    with pytest.raises(Refused, match="只有已导入"):
        actions.take_back(batch=batch, reason="再来", by=county.clerk, at=NOON)


def test_an_import_that_an_office_has_judged_stays(county):
    batch = preview(county)
    actions.confirm(batch=batch, by=county.clerk, at=NOON)
    batch.refresh_from_db()
    accept_claim(claim=Claim.objects.get(), by=county.verifier(), at=NOON)

    with pytest.raises(Refused, match="已有认定结论"):
        actions.take_back(batch=batch, reason="传错了", by=county.clerk, at=NOON)
    assert Project.objects.visible_to(county.clerk).count() == 3


def test_a_csv_ledger_is_kept_as_it_came(county):
    text = "项目名称,投资方,责任单位\n甲乙丙丁项目,戊,青山镇\n".encode()
    batch = preview(county, text, name="台账.csv")
    fact = actions.confirm(batch=batch, by=county.clerk, at=NOON)

    assert Import.objects.get(pk=fact.pk).file_name == "台账.csv"
