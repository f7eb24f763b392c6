"""A staff table in the browser: pasted or uploaded, previewed, written, passwords handed out."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yipanqi.core.clock import today
from yipanqi.documents.imports.rules import guard
from yipanqi.ledger import reads
from yipanqi.org.models import Person, Unit
from yipanqi.org.reads import Outcome
from yipanqi.standing.factories import make_org
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.django_db
TABLE = "单位\t类别\t姓名\t账号\t职务\t角色\n新河镇\t乡镇\t李新\tlixin\t员\t联络员"
URL = "/org/staff/"


@pytest.fixture
def county(client):
    county = make_org()
    client.force_login(county.administrator)
    return county


def write(client, text=TABLE, **more):
    seen = client.post(URL, {"text": text}).context["seen"]
    return client.post(URL, {"text": text, "seal": seen.seal, "write": "1", **more})


def book(*rows, merged=()):
    workbook = openpyxl.Workbook()
    workbook.active.title = "说明"
    workbook.active.append(["请填花名册"])
    sheet = workbook.create_sheet("花名册")
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile("花名册.xlsx", out.getvalue())


def test_a_pasted_table_is_previewed_before_anything_is_written(client, county):
    before = reads.now_seq()

    answer = client.post(URL, {"text": TABLE})

    assert answer.context["seen"].rows[0].new_person
    assert "新任职" in page(answer)
    assert "写入 1 行" in page(answer)
    assert reads.now_seq() == before


def test_once_confirmed_the_passwords_are_shown_once_and_can_be_taken_away(client, county):
    done = write(client)
    (slip,) = done.context["slips"]
    sheet = client.post("/org/staff/passwords.xlsx", {"slips": done.context["signed"]})

    rows = list(openpyxl.load_workbook(BytesIO(sheet.content)).active.values)
    assert slip.password in page(done)
    assert Person.objects.get(username="lixin").check_password(slip.password)
    assert rows[-1] == ("新河镇", "李新", "lixin", slip.password)
    assert slip.password not in page(client.get(URL))


def test_an_uploaded_workbook_is_the_same_as_the_pasted_table(client, county):
    file = book(
        ["小河县花名册"],
        ["单位", "单位类别", "姓名", "账号", "职务", "角色", "任职日期"],
        ["新河镇", "乡镇", "李新", "lixin", "员", "联络员", today()],
        [None, None, "何新", "hexin", "副镇长", "领导", "三月"],
        merged=("A3:A4", "B3:B4"),
    )

    answer = client.post(URL, {"file": file})
    text = answer.context["form"].initial["text"]
    done = write(client, text)

    first, second = answer.context["seen"].rows
    assert (first.line.from_on, first.outcome) == (today(), Outcome.ADDED)
    assert (second.line.unit, second.outcome) == ("新河镇", Outcome.REFUSED)
    assert "G4" in page(answer)
    assert [slip.account for slip in done.context["slips"]] == ["lixin"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_file_comes_in_as_well(client, county, encoding):
    file = SimpleUploadedFile("花名册.csv", TABLE.replace("\t", ",").encode(encoding))

    assert client.post(URL, {"file": file}).context["seen"].numbers["people"] == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"%PDF-1.7", guard.NOT_A_WORKBOOK),
        ("a.xlsx", b"PK\x03\x04 broken", guard.BROKEN),
        ("a.csv", b"<html>,", guard.WEB_PAGE),
        ("a.csv", "项目,投资\n甲,1".encode(), "没有找到表头"),
    ],
)
def test_a_file_that_is_no_staff_table_is_refused_with_what_to_do(
    client, county, name, content, told
):
    answer = client.post(URL, {"file": SimpleUploadedFile(name, content), "text": ""})

    assert answer.status_code == 422
    assert told in page(answer)


def test_the_template_holds_who_is_there_and_comes_back_unchanged(client, county):
    content = client.get("/org/staff/template.xlsx").content

    answer = client.post(URL, {"file": SimpleUploadedFile("花名册.xlsx", content)})

    seen = answer.context["seen"]
    assert len(seen.rows) == Person.objects.count()
    assert {row.outcome for row in seen.rows} == {Outcome.SAME}
    assert seen.numbers["doubted"] == 0
    assert "没有要写入的行" in page(answer)


def test_a_table_that_was_changed_after_its_preview_is_shown_anew(client, county):
    seal = client.post(URL, {"text": TABLE}).context["seen"].seal

    answer = client.post(URL, {"text": TABLE + "\n旧河镇\t乡镇", "seal": seal, "write": "1"})

    assert answer.status_code == 422
    assert "请看过新的预览再写入" in page(answer)
    assert "旧河镇" in page(answer)
    assert not Unit.objects.filter(name__in=["新河镇", "旧河镇"]).exists()


def test_who_takes_over_is_led_to_the_hand_over_with_the_name_filled_in(client, county):
    table = TABLE.replace("新河镇", "青山镇")
    answer = client.post(URL, {"text": table})
    post = answer.context["seen"].rows[0].post
    door = f"/org/posts/{post.pk}/succession/?name=%E6%9D%8E%E6%96%B0&amp;username=lixin"

    handover = client.get(door.replace("&amp;", "&"))
    known = client.get(f"/org/posts/{post.pk}/succession/?username=liuhe")
    done = write(client, table, beside="2")

    assert door in page(answer)
    assert handover.context["form"].initial["name"] == "李新"
    assert known.context["form"].initial["successor"] == county.liaison("柳河镇").pk
    assert [slip.account for slip in done.context["slips"]] == ["lixin"]


def test_a_long_table_asks_no_more_than_a_short_one(client, county, django_assert_max_num_queries):
    rows = "".join(f"\n新河镇\t乡镇\t李{n}\tli{n}\t员\t认定人员" for n in range(60))

    with django_assert_max_num_queries(14):
        client.post(URL, {"text": TABLE + rows})


@pytest.mark.parametrize("slips", ["", "forged:1:1"])
def test_a_list_of_passwords_is_only_made_of_what_was_shown(client, county, slips):
    answer = client.post("/org/staff/passwords.xlsx", {"slips": slips})

    assert answer.status_code == 422
    assert "请到“人员”里逐个重置密码" in page(answer)


def test_only_who_gives_out_accounts_takes_in_a_staff_table(client, county):
    found = [page(client.get(address)) for address in ("/org/", "/org/people/")]
    client.force_login(county.chief)

    assert all(f'href="{URL}"' in text for text in found)
    assert client.get(URL).status_code == 403
    assert client.get("/org/staff/template.xlsx").status_code == 403
    assert client.post("/org/staff/passwords.xlsx").status_code == 403
    assert f'href="{URL}"' not in page(client.get("/org/people/"))
