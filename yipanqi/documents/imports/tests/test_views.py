"""Ledgers in the browser: upload, preview, decide, confirm, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yipanqi.documents.imports.models import Batch, State
from yipanqi.documents.imports.tests.test_actions import ledger
from yipanqi.facts.projects.models import Project
from yipanqi.standing.factories import County, make_county, make_project


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def upload(client, content: bytes | None = None, name: str = "台账.xlsx"):
    file = SimpleUploadedFile(name, content if content is not None else ledger())
    return client.post(reverse("imports"), {"file": file})


def test_a_clerk_uploads_previews_decides_confirms_and_takes_back(county, client):
    make_project(county, name="绿源果蔬冷链物流园项目", investor="绿源物流集团有限公司")
    client.force_login(county.clerk)
    answer = upload(client)
    batch = Batch.objects.get()
    address = reverse("import_batch", args=[batch.pk])
    assert answer["Location"] == address

    page = client.get(address).content.decode()
    assert "还有 1 行未决定" in page
    assert "B2" in page or "没有到账日期" in page
    refused = client.post(address, {"do": "confirm"})
    assert refused.status_code == 422
    client.post(address, {"do": "decide", "line-2": "same", "line-99x": "new"})
    for do in ("all_new", "all_same"):
        client.post(address, {"do": do})
    assert client.post(address, {"do": "confirm"}).status_code == 302
    assert Project.objects.count() == 3
    assert "撤回整批导入" in client.get(address).content.decode()
    client.post(address, {"do": "take_back", "reason": "传错了"})
    batch.refresh_from_db()
    assert batch.state == State.TAKEN_BACK


@pytest.mark.parametrize("wanted", ["accepted", "warned", "refused", "double"])
def test_lines_are_shown_by_what_became_of_them(county, client, wanted):
    client.force_login(county.clerk)
    upload(client)
    address = reverse("import_batch", args=[Batch.objects.get().pk])

    assert client.get(address, {"outcome": wanted}).status_code == 200


def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(county, client):
    client.force_login(county.clerk)
    answer = upload(client, b"hello", "hello.xlsx")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_ledger_put_aside_is_gone_from_the_list(county, client):
    client.force_login(county.clerk)
    upload(client)
    client.post(reverse("import_batch", args=[Batch.objects.get().pk]), {"do": "discard"})

    assert "台账.xlsx" not in client.get(reverse("imports")).content.decode()


def test_another_units_ledger_does_not_exist_and_leaders_import_nothing(county, client):
    client.force_login(county.clerk)
    upload(client)
    address = reverse("import_batch", args=[Batch.objects.get().pk])

    client.force_login(county.liaison())
    assert client.get(address).status_code == 404
    client.force_login(county.leader)
    assert client.get(address).status_code == 403
