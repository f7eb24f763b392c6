"""What of an address is kept, and under which names."""

import pytest

from yipanqi.lists.rules import LONGEST, kept_of, same, view_problems


def test_an_address_is_kept_without_what_is_of_the_moment():
    assert kept_of("stage=signed&page=3&view=4&all=1&q=") == "stage=signed"


def test_the_order_of_the_questions_does_not_matter():
    assert same("stage=signed&lamp=r", "lamp=r&stage=signed&page=2")
    assert not same("stage=signed", "stage=land")


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("  ", "", "起个名字"),
        ("重点项目", "", "已有一个叫“重点项目”的视图"),
        ("新的", "q=" + "长" * LONGEST, "条件太长"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(name, query, words):
    [problem] = view_problems(name, query, ["重点项目"])

    assert words in problem.text


def test_a_view_with_a_name_of_its_own_can_be_kept():
    assert list(view_problems("本月到期", "due=month", ["重点项目"])) == []
