"""What stops a notice, how days are counted, what periods are called."""

from datetime import date

import pytest

from yipanqi.assessment.rules import read_method, score
from yipanqi.assessment.rules.periods import Period
from yipanqi.core.problems import Weight
from yipanqi.publishing.rules.calendar import last_day
from yipanqi.publishing.rules.course import notice_problems, sheet_problems
from yipanqi.publishing.rules.words import called
from yipanqi.publishing.tests.test_rules import METHOD, row, rows, sheet


def test_a_total_without_a_value_stops_a_notice_and_names_the_missing_figure():
    stopped = list(sheet_problems(sheet(*rows(乙=row("乙", None, 1)))))
    text = METHOD.replace("=MIN(共计-资金, 满分)", "=缺(完成, 0)").replace("=完成<0", "=资金<0")
    told = list(sheet_problems(score(read_method(text), tuple(rows(乙=row("乙", None, 1))))))

    assert ("乡镇 乙", "算不出总分，缺完成数；请先补齐") in [(p.where, p.text) for p in stopped]
    assert ("乙", "没有完成数，办法按缺数计分", Weight.WARNS) in [
        (p.where, p.text, p.weight) for p in told
    ]


def test_a_total_that_fails_for_another_reason_says_where_to_look():
    text = METHOD.replace("=MIN(共计-资金, 满分)", "=完成/0")

    problems = list(sheet_problems(score(read_method(text), tuple(rows()))))

    assert any("请看得分页上的原因" in problem.text for problem in problems)


def test_a_notice_waits_for_the_end_of_its_period_and_for_a_sensible_number_of_days():
    day = date(2026, 9, 30)
    asked = {"last": day, "sealed": False, "waiting": 0}

    early = [p.text for p in notice_problems(today=day, days=0, **asked)]  # type: ignore[arg-type]
    assert "才结束" in early[0]
    assert "1 到 30 个工作日" in early[1]
    assert not list(notice_problems(today=date(2026, 10, 1), days=30, **asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begun", "days", "last"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 3, date(2026, 11, 26)),
    ],
)
def test_working_days_begin_with_the_day_after(begun, days, last):
    assert last_day(begun, days) == last


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2026", "2026年"),
        ("2026H1", "2026年上半年"),
        ("2026H2", "2026年下半年"),
        ("2026Q1", "2026年第一季度"),
        ("2026Q4", "2026年第四季度"),
        ("2026-07", "2026年7月"),
    ],
)
def test_official_papers_call_a_period_in_words(label, words):
    assert called(Period.read(label)) == words
