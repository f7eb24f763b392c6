"""A preset becomes an invented place: everybody has a post, every record is written by an action."""

import shutil

import pytest

from tests.helpers import lifted_triggers
from yipanqi.cli import parser
from yipanqi.cli.demo.records import rows_of
from yipanqi.cli.demo.whole import load_preset
from yipanqi.core.problems import Refused
from yipanqi.dashboards.reads.presets import PRESETS, preset_in, presets
from yipanqi.facts.projects.models import Claim, Pending, Project
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.models import Person, Post, Unit
from yipanqi.standing.reads import proof

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty(settings, tmp_path):
    """Nothing was ever written."""
    settings.VAR = tmp_path
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()


@pytest.fixture
def small(tmp_path):
    """The preset of a city with a handful of records."""
    folder = shutil.copytree(PRESETS / "city-e", tmp_path / "city-e")
    for name in ("projects", "funds"):
        path = folder / "records" / f"{name}.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        first = {row["项目"] for row in rows_of(folder / "records" / "projects.csv")[:6]}
        kept = [row for row in rows if row.split(",")[0] in first]
        path.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    return preset_in(folder)


def test_every_record_is_claimed_and_accepted_and_the_ledger_vouches_for_all(small):
    place = load_preset(small)

    assert Project.objects.filter(place=place).count() == 6
    wanted = sum(
        bool(row["签约"]) + bool(row["开工"])
        for row in rows_of(small.folder / "records" / "projects.csv")
    )
    money = len(rows_of(small.folder / "records" / "funds.csv"))
    assert Claim.objects.count() == wanted + money
    assert not Pending.objects.exists()
    pledged = Target.objects.filter(kind=TargetKind.PLEDGED)
    assert pledged.count() == len(rows_of(small.folder / "records" / "pledges.csv"))
    assert list(ledger.findings()) == []
    assert list(proof.findings()) == []


def test_everybody_has_a_post_and_every_office_somebody_who_verifies(small):
    load_preset(small)

    units = Unit.objects.exclude(kind__in=("place", "committee"))
    assert set(Post.objects.values_list("unit_id", flat=True)) >= {unit.pk for unit in units}
    assert Person.objects.filter(username__in=("admin", "fuzeren", "jingban")).count() == 3
    assert Person.objects.values("password").distinct().count() == 1


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("pledges", "单位,指标,自报数\n天上,funds,1\n", "名录里没有“天上”"),
        ("pledges", "单位,指标,自报数\n高新区,nothing,1\n", "没有“nothing”这个指标"),
        ("funds", "项目,日期,金额,币种\n{first},2026-05-01,0.0000001,\n", "细过了分"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_and_nothing_is_written(small, table, text, told):
    first = rows_of(small.folder / "records" / "projects.csv")[0]["项目"]
    path = small.folder / "records" / f"{table}.csv"
    path.write_text(text.format(first=first), encoding="utf-8")

    with pytest.raises(Refused, match=told):
        load_preset(small)

    assert not Unit.objects.exists()


def test_the_verb_loads_a_preset_by_its_name_or_folder(small, capsys):
    args = parser().parse_args(["demo", "--preset", str(small.folder)])

    assert args.run(args) == 0

    told = capsys.readouterr().out
    assert "戊市已装入" in told
    assert "fuzeren" in told


def test_every_preset_comes_with_records_and_says_where_it_comes_from():
    for preset in presets():
        assert (preset.folder / "records" / "projects.csv").is_file()
        said = (preset.folder / "README.md").read_text(encoding="utf-8")
        assert preset.source.partition("（")[0] in said
