"""What sheets come to, worked by hand and by their properties; what rounds and sheets are refused for."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.facts.judging.rules import (
    Asked,
    Block,
    NewRound,
    Result,
    RoundState,
    Side,
    Way,
    Word,
    ballot_problems,
    blocks_in,
    blocks_text,
    cancelling_problems,
    closing_problems,
    lacking,
    placed,
    rated,
    results_in,
    results_text,
    round_problems,
    sheet_problems,
    sides_in,
    sides_text,
    state_of,
    told,
    words_in,
    words_text,
    writing_problems,
)

TODAY = date(2026, 11, 20)
NAMES = {1: "青山镇", 2: "柳河镇", 3: "白沙镇"}
ENVIRONMENT, CRITICISM = Asked("环境", 0, 1000), Asked("批评", -2000, -500)
BLOCK = Block("乡镇组", (1, 2), (ENVIRONMENT, CRITICISM))
STUDY = Block("专班", (1, 2), (Asked("研究深度", 0, 500), Asked("信息", 0, 500)))


def new(**changes):
    said = {
        "way": Way.JUDGED,
        "name": "年度评定",
        "first_on": date(2026, 1, 1),
        "last_on": date(2026, 12, 31),
        "opens_on": date(2026, 11, 1),
        "due_on": date(2026, 11, 30),
        "blocks": (BLOCK,),
        "sides": (Side("", 100, (9,)),),
    }
    return NewRound(**{**said, **changes})


def texts(problems) -> str:
    return "；".join(str(one) for one in problems)


def sheet(points: int, holder: int = 1) -> tuple[Word, ...]:
    """Five, five and the rest, as a rater would give a sum of points."""
    first = min(points, 500)
    return (Word(holder, "研究深度", first), Word(holder, "信息", points - first))


def test_parks_weigh_seven_tenths_and_towns_three():
    sides = (Side("园区", 70, (8,)), Side("乡镇", 30, (9,)))
    sheets = {8: (Word(1, "", 1300),), 9: (Word(1, "", 1200),)}

    assert rated([1], sides, sheets) == [Result(1, Fraction(127, 10), (1, 1))]


def test_one_side_is_averaged_plainly_and_the_published_example_comes_out():
    [teams] = rated([1], [Side("招商组", 100, (5, 6))], {5: sheet(1400), 6: sheet(1200)})
    carriers = Fraction(7, 10) * 13 + Fraction(3, 10) * 12

    assert teams == Result(1, Fraction(13), (2,))
    assert 24 + 20 + Fraction(5, 8) * 20 + carriers + (teams.value or 0) == Fraction(822, 10)


def test_a_silent_side_leaves_no_result_and_no_nought():
    sides = (Side("园区", 70, (8,)), Side("乡镇", 30, (9,)))

    assert rated([1, 2], sides, {8: sheet(900)}) == [
        Result(1, None, (1, 0)),
        Result(2, None, (0, 0)),
    ]


@given(
    st.lists(st.permutations(range(1, 8)), min_size=1, max_size=9),
    st.integers(min_value=1, max_value=1600),
)
def test_a_ballot_keeps_the_sum_of_the_table_and_divides_by_its_jurors(sheets, step):
    holders, top = range(10, 17), 10_000
    cast = {
        number: tuple(Word(h, "", place) for h, place in zip(holders, order, strict=True))
        for number, order in enumerate(sheets)
    }

    results = placed(holders, top=top, step=step, sheets=cast)
    values = [one.value for one in results if one.value is not None]

    assert sum(values) * 100 == sum(top - step * place for place in range(7))
    assert all((value * 100 * len(cast)).denominator == 1 for value in values)
    assert all(((top - value * 100) * len(cast) / step).denominator == 1 for value in values)


def test_nobody_voted_no_points():
    assert placed([1], top=10_000, step=200, sheets={}) == [Result(1, None, (0,))]


@given(st.lists(st.lists(st.integers(0, 500), min_size=2, max_size=2), min_size=1, max_size=6))
def test_a_rating_lies_between_the_lowest_and_the_highest_sheet(given_points):
    sheets = {
        number: tuple(Word(1, item, p) for item, p in zip(("研究深度", "信息"), each, strict=True))
        for number, each in enumerate(given_points)
    }
    [one] = rated([1], [Side("", 100, tuple(sheets))], sheets)
    sums = [Fraction(sum(each), 100) for each in given_points]

    assert one.value is not None
    assert min(sums) <= one.value <= max(sums)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"last_on": date(2025, 12, 31)}, "起始日晚于截止日"),
        ({"due_on": date(2026, 10, 1)}, "截止日早于开始日"),
        ({"blocks": ()}, "请选出评谁"),
        ({"blocks": (Block("乡镇组", (1,), ()),)}, "请写明评哪几项"),
        ({"blocks": (Block("", (1,), (ENVIRONMENT, ENVIRONMENT)),)}, "写了两次"),
        ({"blocks": (Block("", (1,), (Asked("环境", 5, 5),)),)}, "环境：最低分应低于最高分"),
        ({"sides": ()}, "请选出由谁来评"),
        ({"sides": (Side("园区", 100, ()),)}, "园区：请选出由谁来评"),
        ({"sides": (Side("园区", 70, (8,)), Side("乡镇", 20, (9,)))}, "权重之和是 90%"),
        ({"sides": (Side("园区", 70, (8,)), Side("乡镇", 30, (8,)))}, "只能算在一方里"),
        ({"way": Way.BALLOT, "top": 10_000}, "名次之间要有分差"),
        ({"way": Way.BALLOT, "top": 100, "step": 200}, "第 2 名只剩 -1 分"),
        ({"way": Way.BALLOT, "top": 10_000, "step": 200}, ""),
    ],
)
def test_a_round_that_cannot_be_held_is_refused(changes, words):
    said = texts(round_problems(new(**changes)))

    assert words in said
    assert bool(words) is bool(said)


@pytest.mark.parametrize(
    ("way", "blocks", "words", "told_of"),
    [
        (Way.JUDGED, [BLOCK], [Word(1, "环境", 900, "现场核查")], ""),
        (Way.JUDGED, [BLOCK], [], "一项也没有填"),
        (
            Way.JUDGED,
            [BLOCK],
            [Word(1, "环境", 1050, "好")],
            "青山镇 环境：只能给 0～10 分，你填的是 10.5 分",
        ),
        (Way.JUDGED, [BLOCK], [Word(2, "批评", -400, "轻微")], "只能给 -20～-5 分，你填的是 -4 分"),
        (Way.JUDGED, [BLOCK], [Word(1, "环境", 900, " ")], "请写明为什么给这个分"),
        (Way.JUDGED, [BLOCK], [Word(3, "环境", 900, "好")], "白沙镇 环境：这一轮不评这一项"),
        (Way.RATING, [STUDY], sheet(900), ""),
        (Way.RATING, [STUDY], [Word(1, "信息", 300)], "青山镇 研究深度：还没有填"),
        (Way.SELF, [STUDY], sheet(900), "柳河镇 研究深度：还没有填"),
    ],
)
def test_a_sheet_says_what_was_asked_within_its_bounds(way, blocks, words, told_of):
    said = texts(sheet_problems(way, blocks, words, NAMES))

    assert told_of in said
    assert bool(told_of) is bool(said)


@pytest.mark.parametrize(
    ("places", "told_of"),
    [
        ({1: 1, 2: 2}, ""),
        ({1: 1, 2: 1}, "名次：同组不得并列：青山镇、柳河镇都是第 1 名"),
        ({1: 1}, "还没有排：柳河镇"),
        ({1: 3, 2: 1}, "青山镇：名次应在 1 到 2 之间"),
        ({1: 1, 2: 2, 3: 3}, "白沙镇：这一轮不评这个单位"),
    ],
)
def test_a_ballot_places_everybody_once_and_nobody_beside_another(places, told_of):
    words = [Word(holder, "", place) for holder, place in places.items()]
    said = texts(ballot_problems([1, 2], words, NAMES))

    assert told_of in said
    assert bool(told_of) is bool(said)


@pytest.mark.parametrize(
    ("opens_on", "closed", "told_of"),
    [
        (TODAY, None, ""),
        (date(2026, 12, 1), None, "2026-12-01 才开始"),
        (TODAY, RoundState.COUNTED, "已经计票"),
        (TODAY, RoundState.CANCELLED, "已经取消"),
    ],
)
def test_a_sheet_is_written_while_its_round_runs(opens_on, closed, told_of):
    said = texts(writing_problems(opens_on=opens_on, closed=closed, today=TODAY))

    assert told_of in said
    assert bool(told_of) is bool(said)


@pytest.mark.parametrize(
    ("changes", "told_of"),
    [
        ({}, ""),
        ({"waiting": ["财政局"]}, "还没有评：财政局"),
        ({"waiting": ["财政局"], "due_on": date(2026, 11, 19)}, ""),
        ({"filled": 0}, "没有可计的"),
        ({"way": Way.SELF}, "不用计票"),
        ({"closed": RoundState.COUNTED}, "已经结束"),
    ],
)
def test_a_round_is_counted_when_all_are_there_or_its_day_is_over(changes, told_of):
    said = {"way": Way.RATING, "due_on": TODAY, "closed": None, "waiting": [], "filled": 2}
    problems = texts(closing_problems(**{**said, **changes}, today=TODAY))

    assert told_of in problems
    assert bool(told_of) is bool(problems)


@pytest.mark.parametrize(
    ("closed", "reason", "told_of"),
    [
        (None, "名单有误", ""),
        (None, " ", "请写明为什么取消"),
        (RoundState.COUNTED, "名单有误", "已经结束"),
    ],
)
def test_a_round_is_given_up_with_a_reason_and_before_the_count(closed, reason, told_of):
    said = texts(cancelling_problems(closed=closed, reason=reason))

    assert told_of in said
    assert bool(told_of) is bool(said)


@pytest.mark.parametrize(
    ("opens_on", "due_on", "waiting", "closed", "state"),
    [
        (date(2026, 12, 1), date(2026, 12, 9), 2, None, RoundState.WAITING),
        (TODAY, TODAY, 2, None, RoundState.RUNNING),
        (TODAY, date(2026, 11, 19), 2, None, RoundState.OVERDUE),
        (TODAY, date(2026, 11, 19), 0, None, RoundState.FILLED),
        (TODAY, TODAY, 2, RoundState.COUNTED, RoundState.COUNTED),
    ],
)
def test_a_round_is_as_far_as_it_has_come_or_overdue(opens_on, due_on, waiting, closed, state):
    found = state_of(opens_on=opens_on, due_on=due_on, waiting=waiting, closed=closed, as_of=TODAY)

    assert found is state


def test_what_is_held_as_text_comes_back_as_it_was():
    sides = (Side("园区", 70, (8, 10)), Side("乡镇", 30, (9,)))
    words = (Word(1, "环境", 450, "好"),)
    results = [Result(1, Fraction(127, 10), (1, 1)), Result(2, None, (0, 1))]

    assert blocks_in(blocks_text([BLOCK])) == (BLOCK,)
    assert sides_in(sides_text(sides)) == sides
    assert words_in(words_text(words)) == words
    assert list(results_in(results_text(results)).values()) == results
    assert lacking([BLOCK], words) == [(1, "批评"), (2, "环境"), (2, "批评")]
    assert (told(450), CRITICISM.bounds) == ("4.5", "-20～-5")
