"""A sealed sheet stays what it is: after two hundred edits, in another tongue, zone and database."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from yipanqi.assessment.actions import adopt_method
from yipanqi.cli import main
from yipanqi.facts.projects.actions.register import set_parts
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.actions import amend_unit
from yipanqi.org.models import Unit
from yipanqi.publishing.models import Seal
from yipanqi.publishing.reads.proof import findings, found_in
from yipanqi.publishing.rules.frozen import rescored
from yipanqi.publishing.rules.package import package_of
from yipanqi.publishing.tests.results import METHOD, OVER, ready_county, sealed
from yipanqi.standing.actions import find_false, withdraw_claim
from yipanqi.standing.actions.adoption import adopt_definitions
from yipanqi.standing.factories import County, make_project, recognise, settings_text

EDITS = 200


@pytest.fixture
def county(db: None) -> County:
    county = ready_county()
    for number in range(6):
        unit = ("青山镇", "柳河镇", "经济开发区")[number % 3]
        recognise(make_project(county, unit=unit, name=f"原有项目{number}"), "signed")
    return county


def edit(county: County, number: int) -> None:
    """One of the things that happen in a county after a period was sealed."""
    at, by = OVER + timedelta(hours=number), county.clerk
    towns = [county.units[name] for name in ("青山镇", "柳河镇", "经济开发区")]
    match number % 8:
        case 0:
            recognise(make_project(county, name=f"补报项目{number}"), "signed", on=date(2026, 8, 3))
        case 1:
            verdict = recognise(make_project(county, name=f"撤回项目{number}"), "signed")
            withdraw_claim(claim=verdict.claim, reason="报错了", by=by, at=at)
        case 2:
            verdict = recognise(make_project(county, name=f"造假项目{number}"), "signed")
            find_false(claim=verdict.claim, reason="查实", by=county.verifier(), at=at)
        case 3:
            project = Project.objects.filter(taken_back=False).order_by("pk")[number % 6]
            shares = [
                Share(unit_id=towns[number % 3].pk, role=role, num=1, den=1)
                for role in (PartRole.INTRODUCER, PartRole.LANDING, PartRole.LEAD)
            ]
            set_parts(project=project, shares=shares, by=by, at=at)
        case 4:
            rename(towns[number % 3], f"改名{number}", county, number)
        case 5:
            set_targets(
                targets=[(towns[0], "signed", number)], year=2026, basis="调整", by=by, at=at
            )
        case 6:
            due = f"due_day: {number % 20 + 1}, kinds: [township]"
            text = settings_text(place=county.place.name, returns=f"{{{due}}}")
            adopt_definitions(place=county.place, text=text, by=by, at=at, back_dated=True)
        case _:
            text = METHOD.replace("decimals: 2", f"decimals: {number % 4}", 1)
            adopt_method(place=county.place, text=text, by=by, at=at)


def rename(unit: Unit, name: str, county: County, number: int) -> None:
    standing = Unit.objects.get(pk=unit.pk)
    amend_unit(
        standing,
        {"name": name},
        version=standing.version,
        by=county.clerk,
        at=OVER + timedelta(hours=number),
        reason="区划调整",
    )


def test_after_two_hundred_edits_a_seal_is_byte_identical_and_the_facts_still_give_its_figures(
    county,
):
    seal = sealed(county)
    for number in range(EDITS):
        edit(county, number)

    kept = Seal.objects.get(pk=seal.pk)
    with translation.override("en"), timezone.override("America/New_York"):
        again = rescored(kept.frozen.went_in)
        found = list(found_in(kept, "封账"))
    assert again.encode() == kept.output.encode()
    assert found == []
    assert list(findings()) == []


def test_a_package_is_scored_again_wherever_the_program_is(county, tmp_path, capsys):
    package = tmp_path / "seal.zip"
    package.write_bytes(package_of(sealed(county).frozen))

    assert main(["score", "--package", str(package)]) == 0
    assert "逐字节相同" in capsys.readouterr().err


@pytest.mark.parametrize("made_on", ["sqlite", "postgresql"])
def test_a_package_made_on_one_database_is_the_same_on_the_other(made_on, capsys):
    """The packages lie beside this test; this very test runs on both databases."""
    package = Path(__file__).with_name(f"sealed-{made_on}.zip")

    assert main(["score", "--package", str(package)]) == 0
    assert "逐字节相同" in capsys.readouterr().err


def test_what_is_no_package_is_refused_in_a_sentence(tmp_path, capsys):
    other = tmp_path / "other.zip"
    other.write_bytes(b"no zip")

    assert main(["score", "--package", str(other)]) == 1
    assert "不是封账包" in capsys.readouterr().err
