"""A whole preset: a place takes its units, definitions, tasks and methods at once."""

import shutil

import pytest

from tests.helpers import lifted_triggers
from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import live
from yipanqi.cli import parser
from yipanqi.core.problems import Refused
from yipanqi.dashboards.reads.presets import PRESETS, preset_in, preset_named, presets
from yipanqi.dashboards.reads.start import code_file
from yipanqi.dashboards.tests.test_start import FORM
from yipanqi.facts.targets.models import Target, YearPlan
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.models import Person, Unit
from yipanqi.place.reads import settings_on
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty(settings, tmp_path):
    """Nothing was ever written, and the console has told a code."""
    settings.VAR = tmp_path
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()
    code_file().write_text("abcd2345", encoding="ascii")


def opened(*words):
    """The verb `open` as it is typed."""
    args = parser().parse_args(["open", *words])
    return args.run(args)


WORDS = (
    "--place",
    "小河县",
    "--bureau",
    "招商局",
    "--administrator",
    "guan:郑管",
    "--chief",
    "hua:赵华",
)


@pytest.mark.parametrize("name", [preset.name for preset in presets()])
def test_every_preset_founds_a_place_in_its_own_words_and_can_be_scored(client, name):
    answer = client.post("/start/", {**FORM, "preset": name, "units": "东乡镇\n西乡镇\n\n东乡镇"})

    assert answer.status_code == 302, page(answer)
    preset, place = preset_named(name), Unit.objects.get(name="小河县")
    own = Unit.objects.filter(kind=preset.own, parent=place)
    assert [unit.name for unit in own.order_by("sort")] == ["东乡镇", "西乡镇"]
    assert Unit.objects.filter(name="招商局").exists()
    assert not Unit.objects.filter(name__contains=preset.bureau).exists()
    plan = YearPlan.objects.get(place=place)
    assert settings_on(place.pk, plan.happened_on).place == "小河县"
    assert Target.objects.filter(holder=own[0]).exists()
    adopted = MethodVersion.objects.filter(place=place)
    assert adopted.count() == len(preset.methods)
    for version in adopted:
        assert preset.place not in version.text
    scored = live(place.pk, day=plan.happened_on)
    assert scored is not None
    assert "东乡镇" in scored.holders


def test_the_first_page_tells_what_each_preset_holds(client):
    told = page(client.get("/start/"))

    for preset in presets():
        assert preset.title in told
        assert preset.says in told


def test_a_place_begins_empty_unless_a_preset_is_chosen(client):
    client.post("/start/", FORM)

    assert Unit.objects.count() == 2


def test_a_name_that_cannot_stand_in_a_file_is_refused_and_nothing_is_written(client):
    answer = client.post("/start/", {**FORM, "preset": "county-a", "units": "东乡镇: {a}"})

    assert answer.status_code == 422
    assert "不能用的符号" in page(answer)
    assert "东乡镇: {a}" in page(answer)
    assert not Entry.objects.exists()


def test_the_verb_opens_a_place_from_a_preset_and_hands_out_two_passwords(capsys, tmp_path):
    names = tmp_path / "乡镇.txt"
    names.write_text("东乡镇\n西乡镇\n", encoding="utf-8")

    assert opened("--preset", "county-a", *WORDS, "--units", str(names)) == 0

    told = capsys.readouterr().out
    assert "guan\t郑管\t" in told
    assert "hua\t赵华\t" in told
    assert Person.objects.count() == 2
    assert Unit.objects.filter(kind="township").count() == 2
    assert Unit.objects.filter(kind="seat").count() == 15


def test_the_verb_takes_a_folder_that_somebody_has_changed(tmp_path):
    folder = shutil.copytree(PRESETS / "county-a", tmp_path / "我县")
    plan = folder / "plan.csv"
    plan.write_text(
        "给谁,从第几位,到第几位,到人,指标,任务数\n县领导,1,2,,signed,2\n", encoding="utf-8"
    )

    assert opened("--preset", str(folder), *WORDS) == 0

    assert set(Target.objects.values_list("holder__name", "amount")) == {
        ("县委书记", 2),
        ("县长", 2),
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--preset", "nowhere", *WORDS), "没有“nowhere”这个预设"),
        (("--preset", "county-a", *WORDS[2:]), "--place"),
        (("--preset", "county-a", *WORDS[:6]), "招商部门负责人要写成 账号:姓名"),
        ((), "请写名录和口径"),
    ],
)
def test_the_verb_says_what_is_missing_and_writes_nothing(words, told):
    with pytest.raises(Refused, match=told):
        opened(*words)

    assert not Entry.objects.exists()


def test_every_line_of_a_plan_that_cannot_be_meant_is_told_at_once(tmp_path):
    folder = shutil.copytree(PRESETS / "county-a", tmp_path / "我县")
    rows = ["给谁,从第几位,到第几位,到人,指标,任务数", "天上,,,,signed,1", "乡镇,,,,nothing,1"]
    rows += ["乡镇,第一,,,signed,1", "乡镇,,,,signed,许多", "乡镇"]
    (folder / "plan.csv").write_text("\n".join(rows), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        opened("--preset", str(folder), *WORDS)

    told = "；".join(str(problem) for problem in refused.value.problems)
    assert [f"第 {number} 行" in told for number in range(2, 7)] == [True] * 5
    for words in ("没有“天上”", "没有“nothing”这个指标", "位次要写成整数", "“许多”不是数", "缺少"):
        assert words in told


@pytest.mark.parametrize("text", ["title: 只有名称", "- 清单"])
def test_a_folder_that_does_not_say_what_it_is_is_refused(tmp_path, text):
    (tmp_path / "preset.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Refused, match="要有这些键"):
        preset_in(tmp_path)


def test_a_folder_without_its_files_is_refused(tmp_path):
    shutil.copy(PRESETS / "county-a" / "preset.yaml", tmp_path)

    with pytest.raises(Refused, match="缺少这个文件"):
        _ = preset_in(tmp_path).plan
