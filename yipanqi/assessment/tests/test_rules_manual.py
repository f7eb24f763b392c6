"""The manual of the formula language is complete, and its examples work."""

import re
from pathlib import Path

import pytest

from yipanqi.assessment.rules.evaluating import MOST_POWER
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.grammar import GRAMMAR
from yipanqi.assessment.rules.parsing import MOST_CHARACTERS, MOST_LEVELS, parse

DOCS = Path(__file__).parents[3] / "docs"
REFERENCE = (DOCS / "reference" / "formulas.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "write-a-method.md").read_text(encoding="utf-8")


def test_the_manual_holds_the_grammar_and_the_limits():
    assert GRAMMAR.strip() in REFERENCE
    assert f"最多 {MOST_CHARACTERS} 个字、{MOST_LEVELS} 层" in REFERENCE
    assert MOST_POWER > 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_manual_says_what_each_function_does(name):
    function = FUNCTIONS[name]

    assert re.search(rf"^\| {name} \|.*{re.escape(function.says)}", REFERENCE, re.MULTILINE)
    assert f"`{function.example}`" in REFERENCE


@pytest.mark.parametrize("formula", sorted(set(re.findall(r"`(=[^`]+)`", HOW_TO + REFERENCE))))
def test_each_formula_in_the_manual_can_be_read(formula):
    if formula not in {"=", ">="}:
        assert parse(formula)
