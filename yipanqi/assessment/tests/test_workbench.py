"""A method is written beside its score: previewed, kept as a draft, adopted; nothing before that."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method, drop_draft, keep_draft
from yipanqi.assessment.models import MethodDraft, MethodVersion
from yipanqi.assessment.rules.marked import MOST_TEXT
from yipanqi.core.problems import Refused
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings, now_seq
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise
from yipanqi.standing.forms.place import digest_of

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
FIGURES = Path("methods/county-a/figures.csv").read_text(encoding="utf-8")
GENEROUS = METHOD.replace("=满分*MIN(到位资金/资金任务, 1)", "=满分")
HTMX = {"HX-Request": "true"}
LIMIT = 25


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(unit, "signed", 3) for unit in units] + [(unit, "funds", 10**10) for unit in units]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    return county


@pytest.fixture
def chief(county, client):
    client.force_login(county.chief)
    return client


def sent(chief, text, *, headers=None, **more):
    return chief.post(reverse("method_edit"), {"text": text, **more}, headers=headers)


def test_the_workbench_begins_with_the_method_in_force_and_its_score(chief):
    page = chief.get(reverse("method_edit")).content.decode()

    assert "method: 青禾县招商引资考核办法" in page
    assert "0 家的得分或名次有变化" in page
    assert "青山镇" in page


def test_a_preview_tells_what_moves_and_writes_nothing(county, chief):
    recognise(make_project(county), "funds", amount=5000 * 10**6)
    before = now_seq()

    answer = sent(chief, GENEROUS, preview=1)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<span class="up">+12.50</span>' in page
    assert '<span class="up">+25.00</span>' in page
    assert now_seq() == before
    assert MethodVersion.objects.count() == 1


def test_what_is_wrong_is_told_by_line_and_nothing_typed_is_lost(chief):
    wrong = METHOD.replace("签约数/任务数", "签约个数/任务数")

    answer = sent(chief, wrong, preview=1)

    assert answer.status_code == 422
    assert "没有指标“签约个数”" in answer.content.decode()
    assert "=满分*MIN(签约个数/任务数, 1.2)" in answer.content.decode()


def test_a_program_in_the_page_gets_only_what_changed(chief):
    right = sent(chief, GENEROUS, headers=HTMX)
    wrong = sent(chief, "method: 一半", headers=HTMX)

    assert '<div id="trial"' in right.content.decode()
    assert "<html" not in right.content.decode()
    assert (wrong.status_code, wrong.headers["HX-Retarget"]) == (422, "#said")
    assert "缺“figures”" in wrong.content.decode()


def test_an_unfinished_page_is_scored_and_cannot_be_adopted(chief):
    answer = sent(chief, METHOD.replace("full: 30", "full: 20"), headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "各项满分之和" in page
    assert "青山镇" in page
    assert 'name="adopt"' not in page


def test_only_what_was_previewed_is_adopted(chief):
    first = sent(chief, GENEROUS, adopt=1, seen=digest_of(METHOD), after=1)
    assert "内容在预览之后改过" in first.content.decode()
    assert MethodVersion.objects.count() == 1

    second = sent(chief, GENEROUS, adopt=1, seen=digest_of(GENEROUS), after=1)

    assert second.status_code == 302
    assert MethodVersion.objects.latest("number").text == GENEROUS


def test_who_saw_an_older_version_looks_again(county, chief):
    adopt_method(place=county.place, text=GENEROUS, by=county.chief, at=NOON)

    answer = sent(chief, METHOD, adopt=1, seen=digest_of(METHOD), after=1)

    assert answer.status_code == 422
    assert "别人刚刚采用了新的一版" in answer.content.decode()


def test_a_method_that_asks_for_what_is_not_here_is_refused(chief):
    answer = sent(chief, METHOD.replace("measure: funds", "measure: weather"), preview=1)

    assert answer.status_code == 422
    assert "没有“weather”这种指标" in answer.content.decode()


def test_figures_that_are_typed_are_scored_instead_of_the_facts(chief):
    file = SimpleUploadedFile("指标.csv", FIGURES.encode())

    pasted = sent(chief, METHOD, figures=FIGURES).content.decode()
    uploaded = sent(chief, METHOD, figures_file=file).content.decode()

    for page in (pasted, uploaded):
        assert "按粘贴的数" in page
        assert "石桥乡" in page
        assert "99.00" in page
    assert "石桥乡\t" in uploaded


def test_figures_that_cannot_be_read_are_refused_by_cell(chief):
    wrong = FIGURES.replace("8,640", "很多", 1)

    answer = sent(chief, METHOD, figures=wrong)

    assert answer.status_code == 422
    assert "“很多”不是数" in answer.content.decode()


def test_typed_figures_are_compared_where_the_method_in_force_can_read_them(chief):
    more = METHOD.replace("figures:\n", "figures:\n  满意度: {unit: 分}\n")
    columns = FIGURES.splitlines()
    table = "\n".join([f"{columns[0]},满意度", *(f"{line},60" for line in columns[1:])])

    page = sent(chief, more, figures=table).content.decode()

    assert "没有比较" in page


def test_a_file_stands_in_the_field_and_is_previewed(chief):
    right = sent(chief, "", file=SimpleUploadedFile("办法.yaml", GENEROUS.encode("utf-8-sig")))
    wrong = sent(chief, METHOD, file=SimpleUploadedFile("办法.yaml", "办法".encode("gb18030")))
    large = sent(chief, METHOD, file=SimpleUploadedFile("办法.yaml", b"x" * (1024 * 1024 + 1)))

    assert "points: =满分\n" in right.content.decode()
    assert "不是 UTF-8 文本" in wrong.content.decode()
    assert "文件超过 1 MB" in large.content.decode()


def test_it_can_begin_empty_from_a_preset_or_from_an_older_version(county, chief):
    adopt_method(place=county.place, text=GENEROUS, by=county.chief, at=NOON)

    def begun(**asked):
        page = chief.get(reverse("method_edit"), asked)
        return page.context["form"].initial["text"] if page.status_code == 200 else None

    assert begun(empty="") == begun(preset="nobody")
    assert "groups:" in begun(empty="")
    assert "漯河" in begun(preset="luohe")
    assert begun(method="annual", version=1) == METHOD
    assert begun(method="annual") == GENEROUS
    assert begun(method="annual", version=7) is None


def test_a_draft_stays_and_is_gone_when_it_is_adopted(county, chief):
    kept = chief.post(reverse("method_draft"), {"text": GENEROUS})
    draft = MethodDraft.objects.get()
    page = chief.get(reverse("method_edit")).context["form"]

    assert kept.headers["Location"] == f"{reverse('method_edit')}?draft={draft.pk}"
    assert (page.initial["text"], page.initial["draft"]) == (GENEROUS, draft.pk)

    sent(chief, GENEROUS, adopt=1, seen=digest_of(GENEROUS), after=1, draft=draft.pk)
    assert not MethodDraft.objects.visible_to(county.chief).exists()
    assert not list(findings())


def test_a_draft_is_kept_over_the_one_before_without_its_text_in_the_ledger(county, chief):
    chief.post(reverse("method_draft"), {"text": "method: 草稿"}, headers=HTMX)
    draft = MethodDraft.objects.get()
    again = {"text": "method: 改过的\n", "draft": draft.pk}
    chief.post(reverse("method_draft"), again, headers=HTMX)
    seq = now_seq()
    chief.post(reverse("method_draft"), again, headers=HTMX)

    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("改过的", 2)
    assert now_seq() == seq
    assert "草稿" not in Entry.objects.get(seq=seq).payload.replace('"title":"草稿"', "")
    assert not list(findings())


def test_a_draft_is_thrown_away_by_its_writer_and_seen_by_nobody_else(county, chief, client):
    draft = keep_draft(text="method: 我的", draft=None, by=county.chief, at=NOON)
    chief.post(reverse("method_draft"), {"drop": 1, "draft": draft.pk})
    chief.post(reverse("method_draft"), {"drop": 1, "draft": "abc"})

    assert not MethodDraft.objects.visible_to(county.chief).exists()
    assert chief.get(reverse("method_edit"), {"draft": draft.pk}).status_code == 404


def test_what_is_far_too_long_is_no_draft(county, chief):
    with pytest.raises(Refused):
        keep_draft(text="x" * (MOST_TEXT + 1), draft=None, by=county.chief, at=NOON)

    answer = chief.post(reverse("method_draft"), {"text": "x" * (MOST_TEXT + 1)})

    assert answer.status_code == 422
    assert MethodDraft.objects.count() == 0


def test_a_draft_that_was_removed_stays_removed(county):
    draft = keep_draft(text="", draft=None, by=county.chief, at=NOON)
    drop_draft(draft=draft, by=county.chief, at=NOON)

    assert draft.title == ""
    assert MethodDraft.objects.get().removed


def test_only_who_sets_the_method_writes_one(county, client):
    client.force_login(county.liaison())

    assert client.get(reverse("method_edit")).status_code == 403
    assert client.post(reverse("method_draft"), {"text": METHOD}).status_code == 403


def test_the_workbench_asks_little(county, chief, django_assert_max_num_queries):
    chief.get(reverse("method_edit"))

    with django_assert_max_num_queries(LIMIT):
        sent(chief, GENEROUS, headers=HTMX)


def test_in_a_place_without_a_method_the_workbench_begins_empty(db, client):
    county = make_county()
    client.force_login(county.chief)

    page = client.get(reverse("method_edit")).content.decode()

    assert f"method: {county.place.name}招商引资考核办法" in page
    assert "这里应当是“键: 值”的形式" in page
