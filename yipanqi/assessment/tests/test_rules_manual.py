"""The manual of the formula language is complete, and its examples work."""

import re
from pathlib import Path

import pytest

from tests.constructs import printed
from yipanqi.assessment.rules import (
    read_figures_table,
    read_method,
    read_table,
    reading,
    reading_figures,
    reading_groups,
    reading_results,
    score,
)
from yipanqi.assessment.rules.evaluating import MOST_POWER
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.grammar import GRAMMAR
from yipanqi.assessment.rules.parsing import MOST_CHARACTERS, MOST_LEVELS, parse
from yipanqi.core.problems import Refused
from yipanqi.standing.measures.spec import measure_of

DOCS = Path(__file__).parents[3] / "docs"
REFERENCE = (DOCS / "reference" / "formulas.md").read_text(encoding="utf-8")
FILE = (DOCS / "reference" / "method-file.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "write-a-method.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^### (例\S+)　(.*?)(?=^##)", HOW_TO, re.MULTILINE | re.DOTALL))
KEYS = {
    *reading.TOP,
    *reading_figures.KEYS,
    *(*reading_groups.GROUP, *reading_groups.PART, *reading_groups.ITEM),
    *(*reading_results.RESULTS, *reading_results.VETO, *reading_results.GRADE),
    *(*reading_results.LISTING, *reading_results.BOARD, *reading_results.CHECK),
}


def test_the_manual_holds_the_grammar_and_the_limits():
    assert GRAMMAR.strip() in REFERENCE
    assert f"最多 {MOST_CHARACTERS} 个字、{MOST_LEVELS} 层" in REFERENCE
    assert MOST_POWER > 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_manual_says_what_each_function_does(name):
    function = FUNCTIONS[name]

    assert re.search(rf"^\| {name} \|.*{re.escape(function.says)}", REFERENCE, re.MULTILINE)
    assert f"`{function.example}`" in REFERENCE


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_manual_says_what_each_key_of_a_method_file_means(key):
    assert re.search(rf"^\| [^|]*`{key}`", FILE, re.MULTILINE)


FORMULAS = sorted(set(re.findall(r"`(=[^`]+)`", HOW_TO + REFERENCE + FILE)))


@pytest.mark.parametrize("formula", FORMULAS)
def test_each_formula_in_the_manual_can_be_read(formula):
    if formula not in {"=", ">="}:
        assert parse(formula)


def block(text, language):
    found = re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_there_are_ten_examples():
    assert [*EXAMPLES] == [f"例{number}" for number in "一二三四五六七八九十"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_what_is_worked_out_by_hand(name):
    text = EXAMPLES[name]
    method = read_method(block(text, "yaml"))
    table = read_table(block(text, "csv").encode(), name="指标.csv")
    wanted = re.findall(r"^\| (\S+) \| (\S+) \| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE)[1:]

    found = printed(score(method, read_figures_table(table, method)))

    assert len(wanted) >= 2
    for holder, column, value in wanted:
        assert (found[holder, column] or "—") == value, (holder, column)
    assert all(measure_of(f.spec, unit=f.unit) for f in method.figures if f.spec.get("measure"))


def test_the_smallest_method_gives_what_the_page_says():
    text = HOW_TO[: HOW_TO.index("## 二、")]
    method = read_method(block(text, "yaml"))
    table = read_table(block(text, "csv").encode(), name="指标.csv")

    found = printed(score(method, read_figures_table(table, method)))

    assert "得到青山镇 24 分，柳河镇 30 分" in text
    assert (found["青山镇", "总分"], found["柳河镇", "总分"]) == ("24.00", "30.00")


SMALLEST = block(HOW_TO, "yaml")
WRONG = {
    "没有指标“任务书”": ("签约数/任务数", "签约数/任务书"),
    "缺 1 个右括号": ("任务数, 1)", "任务数, 1"),
    "用英文双引号把整个公式括起来": (
        "groups:",
        "veto: [{veto: 一, says: 二, when: =IF(1, 2, 3)}]\ngroups:",
    ),
    "各项满分之和是": ("full: 30\nf", "full: 100\nf"),
    "比较不能连写": ("签约数/任务数", "0<签约数<任务数"),
    "这里取不到“外资”的得分": ("签约数/任务数", "得分(外资)"),
}


@pytest.mark.parametrize("words", WRONG)
def test_the_manual_tells_mistakes_as_the_program_does(words):
    old, new = WRONG[words]
    assert old in SMALLEST
    assert words in HOW_TO

    with pytest.raises(Refused) as refused:
        read_method(SMALLEST.replace(old, new, 1))

    assert words in str(refused.value)
