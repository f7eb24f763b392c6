"""Points are kept exactly, and what changed is told with the largest change first."""

from fractions import Fraction

from yipanqi.course.rules import kept, moves, points_in

HALF, THIRD = Fraction(1, 2), Fraction(100, 3)


def test_points_read_back_to_exactly_the_same():
    points = {"签约项目": THIRD, "月报": None, "扣分": Fraction(-2)}

    assert points_in(kept(points)) == points


def test_what_changed_is_told_with_the_largest_change_first():
    before = {"签约": THIRD, "资金": HALF, "月报": None, "线索": Fraction(8)}
    after = {"签约": THIRD + 1, "资金": HALF, "月报": Fraction(9), "加分": Fraction(3)}

    found = moves(before, after)

    assert [(move.item, move.by) for move in found] == [
        ("线索", -8),
        ("加分", 3),
        ("签约", 1),
        ("月报", None),
    ]
