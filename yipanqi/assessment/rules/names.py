"""The names in formulas that are no figures: what an item, a total or a ranking came to."""

from yipanqi.assessment.rules.grammar import plain_name

FULL_MARKS = "满分"
TOTAL = "总分"
PLACE = "名次"
POINTS = "得分"
GROUP_COLUMN = "组"
RESERVED = (FULL_MARKS, TOTAL, GROUP_COLUMN, "TRUE", "FALSE")


def points_of(name: str) -> str:
    """How a formula calls the points of an item or a part: 得分(签约项目)."""
    return f"{POINTS}({plain_name(name)})"


def item_in(name: str) -> str:
    """The item or part whose points a name means; nothing where it means something else."""
    opening = f"{POINTS}("
    return name[len(opening) : -1] if name.startswith(opening) and name.endswith(")") else ""


def told_by_name(name: str) -> bool:
    """Whether an explanation says the name before the number."""
    return name in (FULL_MARKS, TOTAL, PLACE) or bool(item_in(name))
