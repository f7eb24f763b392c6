"""The one form in which refusals are told."""

import pytest

from yipanqi.core.problems import (
    Problem,
    Refused,
    Weight,
    blocking,
    refuse,
    refuse_if_blocked,
)

WARNING = Problem(text="可能抄错了", weight=Weight.WARNS)
BLOCK = Problem(text="金额应大于 0", where="金额", clause="规程第九条")


def test_a_problem_says_where_it_is_and_on_what_it_rests():
    assert str(BLOCK) == "金额：金额应大于 0（规程第九条）"
    assert str(WARNING) == "可能抄错了"


def test_warnings_stop_nothing():
    assert blocking([WARNING, BLOCK]) == (BLOCK,)
    refuse_if_blocked([WARNING])


def test_a_refusal_tells_every_reason_at_once():
    other = Problem(text="缺少日期", where="日期")

    with pytest.raises(Refused) as refused:
        refuse_if_blocked([BLOCK, WARNING, other])

    assert refused.value.problems == (BLOCK, other)
    assert str(refused.value) == "金额：金额应大于 0（规程第九条）；日期：缺少日期"


def test_a_refusal_for_one_reason_is_short_to_write():
    refusal = refuse("还没有开账", where="账本", clause="第一条")

    assert refusal.problems == (Problem(text="还没有开账", where="账本", clause="第一条"),)
