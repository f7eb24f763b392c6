"""The library in a browser: what is cited, what is missing, filing, new editions, setting right."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yipanqi.core.files import keep_evidence, path_of
from yipanqi.documents.library.reads import citings
from yipanqi.facts.returns.actions import call_to_mobilise
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import dissolve_group
from yipanqi.org.factories import NOON, make_group
from yipanqi.org.rules import Kind
from yipanqi.place.factories import make_county, make_document
from yipanqi.place.models import Document
from yipanqi.place.rules.documents import Known, named_in
from yipanqi.standing.tests.pages import MOST, asked_for, of, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TYPED = {
    "title": "《青禾县招商引资考核办法》",
    "number": "青办发〔2026〕3号",
    "organ": "中共青禾县委办公室",
    "issued_on": "2026-01-03",
    "valid_from": "2026-01-03",
}


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def clerk(client, county):
    client.force_login(county.clerk)
    return client


def upload(name="考核办法.pdf"):
    return ContentFile(b"%PDF-1.4", name=name)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《考核办法》第二条和《规程》", ["考核办法", "规程"]),
        ("规程第九条", ["青禾县管理规程"]),
        ("考核办法第二条", ["青禾县考核办法"]),
        ("土地管理法第四条", ["土地管理法"]),
        ("青办发〔2026〕3号", ["青禾县考核办法"]),
        ("市发〔2026〕9号", ["市发〔2026〕9号"]),
        ("领导同意", []),
    ],
)
def test_a_text_means_documents_by_title_number_or_short_name(text, titles):
    known = [Known("青禾县管理规程"), Known("青禾县考核办法", "青办发〔2026〕3号")]

    assert named_in(text, known, first="青禾县管理规程") == titles


def test_what_is_cited_and_not_there_is_missed_until_it_is_filed(clerk, county):
    before = clerk.get("/documents/")

    assert [title for title, _ in before.context["missing"]] == [
        "考核办法",
        "青禾县招商引资项目管理规程",
    ]
    assert "缺 2 份依据" in page(before)

    made = clerk.post("/documents/new/", {**TYPED, "evidence": [upload()]})
    document = Document.objects.get()
    shown = clerk.get(f"/documents/{document.pk}/")

    assert made.url == f"/documents/{document.pk}/"
    assert "缺 1 份依据" in page(clerk.get("/documents/"))
    assert "五未：超时未开工" in page(shown)
    assert 'data-n="1"' in page(shown)
    assert "考核办法.pdf" in page(shown)


def test_a_document_is_refused_with_its_reason_and_nothing_typed_or_uploaded_is_lost(clerk):
    wrong = {**TYPED, "valid_to": "2025-01-01", "evidence": [upload()]}

    response = clerk.post("/documents/new/", wrong)

    assert response.status_code == 422
    assert "有效期不能在施行日期之前结束" in page(response)
    assert "中共青禾县委办公室" in page(response)
    assert "已上传，不必再选" in page(response)
    assert not Document.objects.exists()


def test_a_new_edition_stands_beside_the_old_one(clerk, county):
    old = make_document(county)
    form = clerk.get(f"/documents/new/?supersedes={old.pk}")
    typed = {**TYPED, "title": old.title, "number": "青政办发〔2026〕8号", "supersedes": old.pk}

    made = clerk.post("/documents/new/", typed)

    new = Document.objects.get(supersedes=old)
    assert "代替《青禾县招商引资项目管理规程》第 1 版" in page(form)
    assert made.url == f"/documents/{new.pk}/"
    before = page(clerk.get(f"/documents/{old.pk}/"))
    assert "已有新版" in before
    assert "最新的是第 2 版" in before
    assert "闸口前置：开工" in before


def test_a_call_to_mobilise_rests_on_its_document(clerk, county):
    document = make_document(county)
    call_to_mobilise(
        place=county.place,
        subject="百日攻坚",
        due_on=date(2026, 5, 20),
        kinds=[Kind.TOWNSHIP],
        document=document,
        clause="第三条",
        by=county.clerk,
        at=NOON,
    )

    assert "动员部署：百日攻坚" in page(clerk.get(f"/documents/{document.pk}/"))


def test_a_group_rests_on_its_document_while_it_stands(clerk, county):
    team = make_group(county, basis="《青禾县招商组工作规则》第二条")
    make_group(county, name="没有依据的组")
    (cited,) = citings(county.place.pk, on=NOON.date())["青禾县招商组工作规则"]

    dissolve_group(team, on=NOON.date(), version=1, reason="任务完成", by=county.clerk, at=NOON)

    assert cited.what == "组建依据：食品产业招商组"
    assert cited.clause == "《青禾县招商组工作规则》第二条"
    assert cited.url == f"/org/units/{team.pk}/"
    assert "青禾县招商组工作规则" not in citings(county.place.pk, on=NOON.date())


def test_a_wrong_number_is_set_right_unless_somebody_was_faster(clerk, county):
    document = make_document(county)
    typed = {**TYPED, "title": document.title, "version": 1}
    address = f"/documents/{document.pk}/edit/"
    assert document.number in page(clerk.get(address))

    assert clerk.post(address, typed).status_code == 302
    again = clerk.post(address, {**typed, "number": "别的"})

    document.refresh_from_db()
    assert document.number == "青办发〔2026〕3号"
    assert Entry.objects.about(document).count() == 2
    assert again.status_code == 422
    assert "别人刚刚改过这份档案" in page(again)


def test_a_file_is_handed_out_unchanged_or_not_at_all(clerk, county):
    file = keep_evidence(upload())
    document = make_document(county, files=(file,))
    address = f"/documents/{document.pk}/files/{file.digest}/"

    assert clerk.get(address).content == b"%PDF-1.4"
    assert clerk.get(f"/documents/{document.pk}/files/{'0' * 64}/").status_code == 404

    default_storage.delete(path_of(file.digest))
    gone = clerk.get(address)
    assert gone.status_code == 422
    assert "存储里找不到这个文件" in page(gone)


def test_everybody_of_the_place_reads_and_only_the_office_files(county):
    other = make_county("白水县", prefix="bs-")
    theirs = make_document(other)
    mine = make_document(county)
    liaison = county.liaison()

    assert of(liaison, f"/documents/{mine.pk}/").status_code == 200
    assert of(liaison, f"/documents/{theirs.pk}/").status_code == 404
    assert of(liaison, "/documents/new/").status_code == 403
    assert of(county.administrator, "/documents/").status_code == 403


def test_the_list_is_searched_and_asks_the_database_no_more_for_more(county):
    make_document(county)
    few = asked_for(county.clerk, "/documents/")
    for number in range(5):
        make_document(county, title=f"细则之{number}")

    assert asked_for(county.clerk, "/documents/") == few <= MOST
    assert "细则之3" in page(of(county.clerk, "/documents/?q=之3"))
    assert "没有这样的文件" in page(of(county.clerk, "/documents/?q=飞机"))


def test_programs_file_and_read_the_library(clerk, county):
    def send():
        sent = {**TYPED, "evidence": [upload()]}
        return clerk.post("/api/documents", sent, headers={"Idempotency-Key": "a1"})

    made, again = send(), send()
    listed = clerk.get("/api/documents").json()

    assert (made.status_code, made.json()) == (201, again.json())
    assert [one["title"] for one in listed["items"]] == ["青禾县招商引资考核办法"]
    assert listed["items"][0]["cited_by"][0]["clause"] == "考核办法第二条"
    assert {one["title"] for one in listed["missing"]} == {"青禾县招商引资项目管理规程"}
    assert clerk.post("/api/documents", {**TYPED, "strange": 1}).status_code == 422
