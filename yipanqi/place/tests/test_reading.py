"""Whatever is wrong in a page is told with its line, its key and a remedy; nothing breaks the reader."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.core.problems import Problem, Refused
from yipanqi.place.factories import PRESET, settings_text
from yipanqi.place.rules import parsed
from yipanqi.place.rules.lines import located

TEXT = PRESET.read_text(encoding="utf-8")


def refused(text):
    with pytest.raises(Refused) as told:
        parsed(text)
    return [str(problem) for problem in told.value.problems]


def line_of(words):
    return next(n for n, line in enumerate(TEXT.splitlines(), start=1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "amber_days: 10",
            "amber_day: 10",
            "lamps amber_day：不认识“amber_day”，是不是“amber_days”？",
        ),
        ("lamps: {", "lamp: {", "lamp：不认识“lamp”，是不是“lamps”？"),
        (
            "missing: registered, days: 30",
            "missing: registered, days: 三十",
            "not_yets 第 1 项 days：写的是“三十”，要写成不小于 0 的整数",
        ),
        (
            "missing: registered, days: 30",
            "missing: registred, days: 30",
            "not_yets 第 1 项：没有“registred”这个环节",
        ),
        ("code: b2,", "code: 二,", "bands 第 2 项 code：写的是“二”，代码用英文字母"),
        ("due_day: 20", "due_day: 31", "returns.due_day：月报截止日应在 1 到 28 之间"),
        ("valid_from: 2024-01-01", "valid_from: 明年", "valid_from：写的是“明年”，要写成日期"),
        (
            "evidence: [营业执照]",
            "evidence: 营业执照",
            "nodes 第 5 项 evidence：写的是“营业执照”，要写成清单",
        ),
        (
            "weight: warns",
            "weight: warn",
            "requirements 第 1 项 weight：写的是“warn”，只能写 blocks",
        ),
        (
            "listed: false",
            "listed: nein",
            "not_yets 第 6 项 listed：写的是“nein”，只能写 true 或 false",
        ),
    ],
)
def test_an_error_is_told_with_its_line_its_key_and_what_to_do(old, new, told):
    (problem,) = [p for p in refused(TEXT.replace(old, new, 1)) if told in p]

    assert problem.startswith(f"第 {line_of(old)} 行 ")


def test_a_key_that_stands_twice_is_told_with_both_lines():
    (problem,) = refused(TEXT + "\nbasis: 又一份\n")

    assert problem.endswith(f"“basis”在第 {line_of('basis:')} 行已经写过，请只留一处")


def test_a_heading_that_is_no_list_is_told():
    assert any("bands：要写成清单" in told for told in refused(settings_text(bands="3000")))


def test_a_key_unlike_any_other_is_told_with_those_there_are():
    told = refused(TEXT.replace("lamps: {", "lamps: {天数: 3, "))

    assert any("不认识“天数”，可用：amber_days、stalled_days、amber_points" in one for one in told)


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "valid_from: 2026-13-01", "? [a]\n: b", "a: *b"]
)
def test_what_is_no_page_at_all_is_refused_in_words(text):
    assert refused(text)


PAGE = yaml.safe_load(TEXT)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.dates())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["code", "name", "days", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(PAGE)), value=VALUES)
def test_whatever_stands_behind_a_heading_is_read_or_refused(key, value):
    text = yaml.safe_dump({**PAGE, key: value}, allow_unicode=True)

    with suppress(Refused):
        assert parsed(text).order


@given(
    number=st.integers(0, 9),
    key=st.sampled_from(["nodes", "not_yets", "indicators", "rates"]),
    value=VALUES,
    inner=st.sampled_from(["code", "days", "counts", "yuan", "from", "evidence"]),
)
def test_whatever_stands_in_an_entry_is_read_or_refused(number, key, value, inner):
    entries = [dict(entry) for entry in PAGE[key]]
    entries[number % len(entries)][inner] = value
    text = yaml.safe_dump({**PAGE, key: entries}, allow_unicode=True)

    with suppress(Refused):
        assert parsed(text).order


def test_a_problem_that_names_no_heading_has_no_line():
    problem = Problem(text="读不懂", where="？")

    assert located("place: 青禾县", [problem]) == [problem]
