"""Base documents are filed, set right and found by the titles that texts name."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from tests.helpers import refused
from yipanqi.core.files import keep_evidence
from yipanqi.core.problems import Refused
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON
from yipanqi.place.actions import DocumentSaid, amend_document
from yipanqi.place.factories import make_county, make_document
from yipanqi.place.models import Document
from yipanqi.place.reads import documents_named
from yipanqi.place.rules.documents import document_problems, titles_in

pytestmark = pytest.mark.django_db
TITLE = "青禾县招商引资项目管理规程"


def said(**changes):
    kept = {
        "title": TITLE,
        "number": "青政办发〔2026〕2号",
        "organ": "青禾县人民政府办公室",
        "issued_on": date(2025, 12, 20),
        "valid_from": date(2026, 1, 1),
    }
    return DocumentSaid(**{**kept, **changes})


def test_a_text_names_documents_each_once():
    text = "依据《规程》第九条和《考核办法》第二条，《规程》另有规定的除外，《》"

    assert titles_in(text) == ["规程", "考核办法"]


@pytest.mark.parametrize(
    ("valid_to", "since", "words"),
    [
        (None, None, []),
        (date(2026, 1, 1), date(2026, 1, 1), []),
        (date(2025, 12, 31), None, ["有效期不能在施行日期之前结束"]),
        (None, date(2026, 1, 2), ["新版的施行日期不能早于上一版（2026-01-02）"]),
    ],
)
def test_a_document_ends_after_it_begins_and_an_edition_follows_the_one_before(
    valid_to, since, words
):
    problems = document_problems(date(2026, 1, 1), valid_to, since=since)

    assert [p.text for p in problems] == words


def test_a_document_is_filed_with_its_file_and_leaves_its_line():
    county = make_county()
    file = keep_evidence(ContentFile(b"%PDF", name="规程.pdf"))

    document = make_document(county, title=f"《{TITLE}》", files=(file,))

    assert (str(document), document.files) == (f"《{TITLE}》", (file,))
    assert Entry.objects.about(document).get().kind == "open:place.document"
    assert list(ledger.findings()) == []


def test_a_new_edition_stands_beside_the_old_and_each_day_has_its_own():
    county = make_county()
    old = make_document(county, valid_from=date(2024, 1, 1))

    new = make_document(county, supersedes=old)

    def held(day):
        return documents_named(county.place.pk, [TITLE, "别的"], on=day)

    assert new.edition == 2
    assert held(date(2025, 12, 31)) == {TITLE: old}
    assert held(date(2026, 1, 1)) == {TITLE: new}
    assert list(Document.objects.newest()) == [new]


def test_one_title_is_one_document_and_an_edition_has_one_successor():
    county = make_county()
    old = make_document(county)
    make_document(county, supersedes=old)

    with refused("库里已有这个标题的文件，请打开它登记新版"):
        make_document(county)
    with refused("这一版已经有新版，请在最新一版上登记"):
        make_document(county, supersedes=old)


def test_what_was_typed_wrongly_is_set_right_and_files_are_added():
    county = make_county()
    first = keep_evidence(ContentFile(b"%PDF", name="规程.pdf"))
    second = keep_evidence(ContentFile(b"%PDF2", name="附件.pdf"))
    document = make_document(county, files=(first,))

    amend_document(
        document=document,
        said=said(title="管理规程（试行）", files=(second,)),
        version=1,
        by=county.clerk,
        at=NOON,
    )

    document.refresh_from_db()
    assert (document.number, document.files) == ("青政办发〔2026〕2号", (first, second))
    assert list(ledger.findings()) == []


def test_setting_right_refuses_what_filing_would_refuse():
    county = make_county()
    old = make_document(county)
    new = make_document(county, supersedes=old)
    make_document(county, title="考核办法")

    for wrong in (said(title="考核办法"), said(valid_from=date(2025, 1, 1))):
        with pytest.raises(Refused):
            amend_document(document=new, said=wrong, version=1, by=county.clerk, at=NOON)

    assert Document.objects.get(pk=new.pk).version == 1


def test_documents_are_open_to_the_people_of_the_place_and_found_by_their_words():
    county, other = make_county(), make_county("白水县", prefix="bs-")
    mine = make_document(county)
    make_document(other)

    seen = Document.objects.visible_to(county.liaison())

    assert list(seen) == [mine]
    assert list(seen.named("规程")) == list(seen.named("1号")) == [mine]
    assert not seen.named("没有").exists()
    assert not Document.objects.visible_to(county.administrator).exists()
