"""The register of the texts' figures tells the truth: each story that it names is there and says the figure."""

import ast

import pytest

from tests.manual import STORIES, figures, recomputed

STORED = figures()


def of(one):
    """A figure as its failure is told."""
    return f"{one['row']} {one['figure']}"


@pytest.mark.parametrize("one", [one for one in STORED if "story" in one], ids=of)
def test_a_story_that_recomputes_a_figure_is_there_and_says_it(one):
    path, _, name = one["story"].partition("::")
    text = (STORIES / path).read_text(encoding="utf-8")
    told = [each for each in ast.parse(text).body if isinstance(each, ast.FunctionDef)]

    assert name in [each.name for each in told]
    assert [words for words in one.get("shows", ()) if words not in text] == []


def test_a_figure_stands_in_the_register_once():
    named = [of(one) for one in STORED]

    assert sorted(set(named)) == sorted(named)


def test_the_manual_tells_how_many_are_recomputed():
    done = sum("story" in one for one in STORED)

    assert f"{len(STORED)} 个，其中 {done} 个" in recomputed()
