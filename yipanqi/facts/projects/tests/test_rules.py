"""What is true of a project's records in every place."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.core.files import Evidence, evidence_in, evidence_text
from yipanqi.core.problems import Weight
from yipanqi.facts.projects.rules import (
    CREDIT_SIGNS,
    SHARED,
    PartRole,
    Share,
    amount_problems,
    credit_code_problems,
    day_problems,
    evidence_problems,
    is_credit_code,
    part_problems,
    share_problems,
)

NAMES = st.text(min_size=1, max_size=20)
FILES = st.lists(st.builds(Evidence, digest=NAMES, name=NAMES, size=st.integers(1, 10**9)))
SIGNS = st.text(CREDIT_SIGNS, min_size=17, max_size=17)


def told(problems):
    return [problem.text for problem in problems]


def introduced(unit_id, num, den):
    return Share(unit_id=unit_id, role=PartRole.INTRODUCER, num=num, den=den)


@given(parts=st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_shares_that_make_up_a_whole_are_in_order(parts):
    shares = [introduced(unit, num, sum(parts)) for unit, num in enumerate(parts)]

    assert sum(share.fraction for share in shares) == 1
    assert list(share_problems(shares)) == []


@given(parts=st.lists(st.integers(1, 50), min_size=1, max_size=6), more=st.integers(1, 10**6))
def test_a_credit_is_never_counted_twice_by_however_little(parts, more):
    whole = [introduced(unit, num, sum(parts)) for unit, num in enumerate(parts)]

    problems = list(share_problems([*whole, introduced(99, 1, more)]))

    assert "各单位份额合计超过 100%" in problems[0].text
    assert problems[0].where == "引进单位"


def test_one_third_thrice_is_a_whole():
    assert not list(share_problems([introduced(unit, 1, 3) for unit in (1, 2, 3)]))


@pytest.mark.parametrize("role", [role for role in PartRole if role not in SHARED])
def test_several_units_may_lead_without_sharing_credit(role):
    shares = [Share(unit_id=unit, role=role) for unit in (1, 2)]

    assert list(share_problems(shares)) == []


def test_a_share_lies_between_nothing_and_all_and_a_unit_is_listed_once():
    shares = [introduced(1, 0, 1), introduced(1, 3, 2)]

    assert told(share_problems(shares)) == [
        "份额应在 0 和 100% 之间",
        "份额应在 0 和 100% 之间",
        "同一单位列了两次，请合并",
        "各单位份额合计超过 100%（多出 50%），请调整后再保存",
    ]


def test_a_share_is_an_exact_number():
    assert introduced(1, 1, 3).fraction == Fraction(1, 3)


def test_nothing_is_claimed_for_tomorrow():
    today = date(2026, 11, 20)

    assert not list(day_problems(today, today=today))
    assert told(day_problems(date(2026, 11, 21), today=today)) == [
        "2026-11-21 还没有到，只能申报已经发生的事"
    ]


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        ([], True),
        (["verifier"], True),
        (["leader", "verifier"], True),
        (["lead"], False),
        (["verifier", "introducer"], False),
        (["landing"], False),
    ],
)
def test_only_a_unit_with_a_part_reports(roles, refused):
    assert bool(list(part_problems(roles))) is refused


@pytest.mark.parametrize(
    ("amount", "is_funds", "refused"),
    [(None, True, True), (0, True, True), (-1, True, True), (1, True, False), (None, False, False)],
)
def test_money_that_arrived_has_an_amount(amount, is_funds, refused):
    assert bool(list(amount_problems(amount, is_funds=is_funds))) is refused


@given(files=FILES)
def test_evidence_is_written_in_one_line_and_read_back(files):
    text = evidence_text(files)

    assert "\n" not in text
    assert evidence_in(text) == tuple(files)


def test_no_evidence_is_no_evidence():
    assert evidence_in("") == ()
    assert evidence_in("[]") == ()


def test_a_claim_comes_with_what_the_place_wants():
    file = Evidence("a" * 64, "协议.pdf", 3)

    assert told(evidence_problems([], wanted=("协议文本", "照片"))) == [
        "请附上佐证材料：协议文本、照片"
    ]
    assert not list(evidence_problems([file], wanted=("协议文本",)))
    assert not list(evidence_problems([], wanted=()))


@given(signs=SIGNS)
def test_of_all_last_signs_exactly_one_is_right(signs):
    assert sum(is_credit_code(signs + last) for last in CREDIT_SIGNS) == 1


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100M000100Y4O", "x" * 18])
def test_what_cannot_be_a_credit_code_is_none(code):
    assert not is_credit_code(code)


def test_a_wrong_credit_code_is_doubted_and_not_refused():
    assert not list(credit_code_problems(""))
    assert not list(credit_code_problems("91350100M000100Y43"))
    assert [p.weight for p in credit_code_problems("91350100M000100Y44")] == [Weight.WARNS]
