"""Ways of scoring that regulations use again and again, ready to be put into a method."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Into(StrEnum):
    """The part of a method into which something is put."""

    FIGURES = "figures"
    GROUPS = "groups"
    ITEMS = "items"
    VETO = "veto"
    LISTS = "lists"
    BOARDS = "boards"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """A construct: how regulations say it, and the lines that mean it; its names are to be replaced."""

    title: str
    into: Into
    text: str


@dataclass(frozen=True, kw_only=True)
class ScoringRecipe:
    """A way in which an item is scored."""

    title: str
    says: str
    points: str
    kind: str = ""
    more: str = ""

    @property
    def recipe(self) -> Recipe:
        """The same as lines of an item."""
        marks = f"kind: {self.kind}" if self.kind else "full: 10"
        lines = ["- item: 名称", f"  says: {self.says}", f"  {marks}", f"  points: {self.points}"]
        if self.more:
            lines.append(f"  {self.more}")
        return Recipe(title=self.title, into=Into.ITEMS, text="\n".join(lines))


SCORING = (
    ScoringRecipe(
        title="按完成比例，最高满分",
        says="按完成比例得分，最高得满分。",
        points="=满分*MIN(完成/任务, 1)",
    ),
    ScoringRecipe(
        title="超额计到 120%",
        says="按完成比例得分，超额完成的最高计到 120%。",
        points="=满分*MIN(完成/任务, 1.2)",
    ),
    ScoringRecipe(
        title="超额加分",
        says="完成任务得满分，每超 10% 加 1 分，不足 10% 的不计。",
        points="=满分*MIN(完成/任务, 1)+MAX(INT((完成/任务-1)/10%), 0)*1",
    ),
    ScoringRecipe(
        title="分档得分",
        says="完成 100% 的得满分，80% 以上的得一半，其余不得分。",
        points="=IFS(完成/任务>=100%, 满分, 完成/任务>=80%, 满分*50%, TRUE, 0)",
    ),
    ScoringRecipe(
        title="达到几个得满分",
        says="至少 1 个的得满分，没有的不得分。",
        points="=IF(完成>=1, 满分, 0)",
    ),
    ScoringRecipe(
        title="每个几分，最高满分",
        says="每个得 2 分，最高得满分。",
        points="=MIN(2*完成, 满分)",
    ),
    ScoringRecipe(
        title="比率，没有的得 0 分",
        says="按比率得分；没有分母的得 0 分。",
        points="=IF(任务=0, 0, 满分*完成/任务)",
    ),
    ScoringRecipe(
        title="每少一次扣 1 分",
        says="缺一次扣 1 分，扣完为止。",
        points="=MAX(满分-完成, 0)",
    ),
    ScoringRecipe(
        title="功效系数法",
        says="组内最高的得满分，最低的得满分的 60%，其余按比例。",
        points="=IF(组最大(完成)=组最小(完成), 满分, 满分*(60%+40%*(完成-组最小(完成))/(组最大(完成)-组最小(完成))))",
    ),
    ScoringRecipe(
        title="以第一名为满分",
        says="组内最高的得满分，其余按比例。",
        points="=IF(组最大(完成)=0, 0, 满分*完成/组最大(完成))",
    ),
    ScoringRecipe(
        title="按名次得分",
        says="第一名得满分，每低一名少 1 分。",
        points="=MAX(满分-名次(完成)+1, 0)",
    ),
    ScoringRecipe(
        title="较上年增长",
        says="较上年同期每增长 1 个百分点得 0.5 分，最高得满分。",
        points="=MIN(MAX((完成/任务-1)/1%, 0)*0.5, 满分)",
    ),
    ScoringRecipe(
        title="缺数时按 60 计",
        says="按满意度得分；没有测评的按 60 分计。",
        points="=满分*缺(完成, 60)/100",
    ),
    ScoringRecipe(
        title="加分，有上限",
        says="每个加 3 分，最多加 5 分。",
        points="=3*完成",
        kind="bonus",
        more="at_most: 5",
    ),
    ScoringRecipe(
        title="扣分",
        says="每个扣 2 分。",
        points="=-2*完成",
        kind="deduction",
    ),
)

OTHERS = (
    Recipe(
        title="一个组",
        into=Into.GROUPS,
        text="- group: 乡镇组\n  kinds: [township]\n  items:",
    ),
    Recipe(
        title="与另一个组相同",
        into=Into.GROUPS,
        text="- group: 部门组\n  kinds: [department]\n  items: 乡镇组",
    ),
    Recipe(
        title="一票否决",
        into=Into.VETO,
        text="- veto: 一票否决：弄虚作假\n  says: 有项目弄虚作假，实行一票否决，全年\n  when: =完成>0",
    ),
    Recipe(
        title="前几名",
        into=Into.LISTS,
        text="- list: 奖励\n  says: 各组前三名予以奖励。\n  first: 3\n  outcome: 奖励",
    ),
    Recipe(
        title="后几名，完成任务的除外",
        into=Into.LISTS,
        text="- list: 约谈\n  says: 各组后三名约谈，完成任务的除外。\n  last: 3\n"
        "  unless: =完成>=任务\n  outcome: 约谈",
    ),
    Recipe(
        title="凡是符合条件的",
        into=Into.LISTS,
        text="- list: 警示\n  says: 总分低于 60 分的予以警示。\n  when: =总分<60\n  outcome: 警示",
    ),
    Recipe(
        title="单项排名",
        into=Into.BOARDS,
        text='- board: 单项排名\n  by: =完成/任务\n  decimals: 1\n  unit: "%"',
    ),
)


def recipes() -> Iterator[Recipe]:
    """All of them: ways of scoring first."""
    yield from (way.recipe for way in SCORING)
    yield from OTHERS


EMPTY = """\
method: {place}招商引资考核办法
year: {year}
full: 100

figures:

groups:

results:
  ties: skip
"""
"""A method in which everything has still to be said."""
