"""Every saying of regulations that was collected can be written, and counts as worked out by hand."""

import ast

import pytest
import yaml

from tests.constructs import KEYS, LETTERS, Construct, constructs, printed
from tests.shelf import METHODS
from yipanqi.place.rules import parsed
from yipanqi.standing.measures.spec import measure_of

ROOT = METHODS.parent
ALL = constructs()
WITH = {each.id: each for each in ALL}


def test_every_saying_that_was_collected_is_there_once():
    wanted = [f"{letter}{n}" for letter, most in LETTERS.items() for n in range(1, most + 1)]

    assert [each.id for each in ALL] == wanted


@pytest.mark.parametrize("construct", ALL, ids=WITH)
def test_a_saying_is_covered_or_says_what_is_missing(construct: Construct):
    assert construct.name
    assert construct.says.endswith("。")
    assert construct.covered != bool(construct.missing)
    assert construct.recipe or construct.measures or construct.settings
    assert bool(construct.recipe) == bool(construct.cases)


CASES = [(each, case) for each in ALL for case in each.cases]


@pytest.mark.parametrize(("construct", "case"), CASES, ids=[each.id for each, _ in CASES])
def test_a_recipe_counts_as_worked_out_by_hand(construct, case):
    sheet = construct.scored(case)
    found = printed(sheet)

    assert case.by_hand
    assert {(h, c): found[h, c] for h, c, _ in case.wanted()} == {
        (h, c): value for h, c, value in case.wanted()
    }
    told = "".join(problem.text for problem in sheet.problems if "同时列入" not in problem.text)
    assert case.problems in told
    assert bool(told) == bool(case.problems)


@pytest.mark.parametrize("construct", [e for e in ALL if e.measures], ids=lambda each: each.id)
def test_a_measure_is_one_that_the_system_counts(construct):
    for name, spec in yaml.safe_load(construct.measures).items():
        assert measure_of({key: tuple(v) if isinstance(v, list) else v for key, v in spec.items()})
        assert not construct.recipe or name in construct.recipe
    assert construct.proven_by


@pytest.mark.parametrize("construct", [e for e in ALL if e.settings], ids=lambda each: each.id)
def test_settings_are_ones_that_a_place_may_have(construct):
    page = yaml.safe_load((ROOT / "places" / "qinghe.yaml").read_text(encoding="utf-8"))
    for key, value in yaml.safe_load(construct.settings).items():
        codes = {each.get("code") for each in value} if key == "nodes" else set()
        kept = (
            [each for each in page.get(key, []) if each.get("code") not in codes] if codes else []
        )
        page[key] = [*kept, *value] if codes else value

    assert parsed(yaml.safe_dump(page, allow_unicode=True, sort_keys=False))
    assert construct.proven_by


@pytest.mark.parametrize("construct", [e for e in ALL if e.proven_by], ids=lambda each: each.id)
def test_the_test_that_proves_it_exists(construct):
    path, name = construct.proven_by.split("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_entries_have_no_other_keys():
    entries = yaml.safe_load((ROOT / "methods" / "constructs.yaml").read_text(encoding="utf-8"))

    assert set().union(*entries) <= KEYS
