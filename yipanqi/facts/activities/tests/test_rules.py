"""What a contact and a check must be."""

from datetime import date

import pytest

from yipanqi.facts.activities.rules import (
    check_due_on,
    personal_problems,
    present_in,
    present_problems,
    present_text,
    reason_problems,
)

MAY_1, JUNE_1 = date(2026, 5, 1), date(2026, 6, 1)


def test_who_was_there_is_kept_as_numbers_in_order_each_once():
    text = present_text([12, 7, 12])

    assert text == "7,12"
    assert present_in(text) == (7, 12)
    assert present_in("") == ()


@pytest.mark.parametrize(
    ("present", "words"),
    [((), "至少一位"), ((7, 8), "不在任"), ((7,), "")],
)
def test_somebody_who_held_a_post_that_day_was_there(present, words):
    problems = list(present_problems(present, [7]))

    assert [words in str(problem) for problem in problems] == [True] * bool(words)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("请拨打13812345678联系", True),
        ("身份证53010219800101123X", True),
        ("总投资138123456789元", False),
        ("关心用地和用电价格", False),
    ],
)
def test_nobodys_number_is_written_where_it_would_stay(text, refused):
    problems = list(personal_problems("谈了什么", text))

    assert bool(problems) is refused
    assert not any("12345678" in str(problem) for problem in problems)


def test_a_change_says_why():
    assert list(reason_problems("日期写错")) == []
    assert "写明理由" in str(next(reason_problems(" ")))


@pytest.mark.parametrize(
    ("last", "signed", "due"),
    [
        (JUNE_1, MAY_1, date(2026, 7, 1)),
        (None, MAY_1, date(2026, 5, 31)),
        (None, None, None),
    ],
)
def test_a_check_is_due_so_many_days_after_the_last_or_after_the_signing(last, signed, due):
    assert check_due_on(last, signed, every=30) == due
