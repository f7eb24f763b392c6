"""What people get wrong in a method: each file is refused with its line, its key and a remedy.

The first lines of a file say what slipped, where that must be told, and in which words.
"""

import random
import re
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from yipanqi.assessment.rules import Figures, Row, parse, read_method, score
from yipanqi.core.problems import Refused

CORPUS = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))
EXPECTED = re.compile(r"# (?P<slip>.+)\n# 应报：(?P<where>.+)\n# 应说：(?P<text>.+)\n")
REMEDY = re.compile("请|是不是|可以写|可用的|例如|应当|只能|要写|要指向|写计分项|没有分数能")
CHARACTERS = " \n\t-:,[]{}()'\"#&*!|>%@`=+*/<>≥≤≠：，（）【】满分总分完成任务率缺报得分组最大INTMXAF0123456789.\x00￾"
MINUTES = 10


def test_the_corpus_is_as_large_as_it_says():
    assert len(CORPUS) >= 60


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_malformed_method_is_refused_with_its_spot_and_a_remedy(path):
    text = path.read_text(encoding="utf-8")
    expected = EXPECTED.match(text)
    assert expected

    with pytest.raises(Refused) as refused:
        read_method(text)

    first = refused.value.problems[0]
    assert (first.where, first.text) == (expected["where"], expected["text"])
    assert all(re.match(r"第 \d+ 行", problem.where) for problem in refused.value.problems)
    assert all(REMEDY.search(problem.text) for problem in refused.value.problems)


def _damaged(rng: random.Random, text: str) -> str:
    """A text with a few characters or lines lost, doubled, moved or put in."""
    for _ in range(rng.randint(1, 6)):
        at, end = sorted(rng.randint(0, len(text)) for _ in range(2))
        end = min(end, at + rng.randint(0, 40))
        match rng.randint(0, 3):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:]
            case 2:
                text = text[:at] + "".join(rng.choices(CHARACTERS, k=rng.randint(1, 8))) + text[at:]
            case _:
                lines = text.split("\n")
                rng.shuffle(lines[: rng.randint(1, 6)])
                lines.insert(rng.randint(0, len(lines)), rng.choice(lines))
                text = "\n".join(lines)
    return text


def _nothing_but_refusals(rng: random.Random, texts: list[str]) -> None:
    """Whatever stands in a file, it is a method that can be scored or a refusal, and soon."""
    text = _damaged(rng, rng.choice(texts))
    began = monotonic()
    with suppress(Refused):
        parse(text[: rng.randint(0, 300)])
    with suppress(Refused):
        method = read_method(text)
        figures: Figures = tuple(
            Row(holder=name, group=group.group) for group in method.groups for name in "甲乙"
        )[:2]
        score(method, figures)
    assert monotonic() - began < 30, text


def test_damaged_methods_give_methods_or_refusals_and_nothing_else():
    rng, texts = random.Random(4), [path.read_text(encoding="utf-8") for path in CORPUS]

    for _ in range(300):
        _nothing_but_refusals(rng, texts)


@pytest.mark.nightly
def test_ten_minutes_of_damage_find_no_uncaught_error_and_no_hang():
    seed = random.randrange(2**32)
    rng, texts = random.Random(seed), [path.read_text(encoding="utf-8") for path in CORPUS]
    until, tried = monotonic() + 60 * MINUTES, 0

    while monotonic() < until:
        _nothing_but_refusals(rng, texts)
        tried += 1

    assert tried > 1000, seed
