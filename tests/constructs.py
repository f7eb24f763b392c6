"""What regulations say and how it is written: `methods/constructs.yaml`, read and scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import yaml

from tests.shelf import METHODS
from yipanqi.assessment.rules import Row, Sheet, as_json, read_method, score
from yipanqi.assessment.rules.explaining import brief

LETTERS = {"A": 25, "B": 9, "C": 12, "D": 12, "E": 11, "F": 13, "G": 6}
"""How many sayings were collected from regulations, letter by letter."""

HEADINGS = {
    "A": "从一个数到得分",
    "B": "扣分、否决、督促",
    "C": "和同组比",
    "D": "怎样合起来",
    "E": "任务、时间、考核期",
    "F": "认定和归属",
    "G": "奖励",
}
KEYS = {"id", "name", "says", "recipe", "measures", "settings", "proven_by", "cases", "missing"}
GROUP = "各单位"


@dataclass(frozen=True)
class Case:
    """Figures, what they give, and how that is worked out by hand."""

    figures: Mapping[str, Mapping[str, Any]]
    gives: Mapping[str, Any]
    by_hand: str
    problems: str = ""

    def wanted(self) -> list[tuple[str, str, str]]:
        """Holder, column, printed value; a bare value is the total."""
        return [
            (holder, column, value)
            for holder, given in self.gives.items()
            for column, value in (given if isinstance(given, dict) else {"总分": given}).items()
        ]


@dataclass(frozen=True)
class Construct:
    """A saying of regulations, with what is written for it and what proves that."""

    id: str
    name: str
    says: str
    recipe: str = ""
    measures: str = ""
    settings: str = ""
    proven_by: str = ""
    cases: tuple[Case, ...] = ()
    missing: str = ""

    @property
    def covered(self) -> bool:
        """Whether something stands for it that a test proves."""
        return bool(self.cases or self.proven_by) and not self.missing

    def method_text(self) -> str:
        """The recipe as a whole method."""
        top = yaml.safe_load(self.recipe)
        group = {key: top.pop(key) for key in ("items", "parts") if key in top}
        top.setdefault("groups", [{"group": GROUP, **group}])
        for item in (item for each in top["groups"] for item in _items(each)):
            item.setdefault("says", self.says)
        top.setdefault("full", _full(top["groups"][0]))
        return yaml.safe_dump({"method": self.name, **top}, allow_unicode=True, sort_keys=False)

    def scored(self, case: Case) -> Sheet:
        """The sheet that the recipe makes of a case."""
        method = read_method(self.method_text())
        named = {unit: group.group for group in method.groups for unit in group.units}
        rows = [
            Row(
                holder=holder,
                group=""
                if holder in method.stated_totals | method.merged
                else named.get(holder, method.groups[0].group),
                values={n: Fraction(str(v)) for n, v in own.items() if _is_number(v)},
                texts={n: v for n, v in own.items() if not _is_number(v)},
            )
            for holder, own in case.figures.items()
        ]
        return score(method, tuple(rows))


def _items(group: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = group.get("items", [])
    return items if isinstance(items, list) else []


def _full(group: Mapping[str, Any]) -> str:
    full = [Fraction(str(item["full"])) for item in _items(group) if "kind" not in item]
    return brief(sum(full, Fraction(0)))


def _is_number(value: object) -> bool:
    try:
        Fraction(str(value))
    except ValueError:
        return False
    return True


def constructs() -> list[Construct]:
    """All of them, in the order of the file."""
    entries = yaml.safe_load((METHODS / "constructs.yaml").read_text(encoding="utf-8"))
    return [
        Construct(**entry | {"cases": tuple(Case(**case) for case in entry.get("cases", ()))})
        for entry in entries
    ]


def printed(sheet: Sheet) -> dict[tuple[str, str], str | None]:
    """Everything that a case can ask: points, places, grades, boards, lists, rewards."""
    found: dict[tuple[str, str], str | None] = {}
    for group in as_json(sheet)["groups"]:
        board = group["group"].partition("·")[2]
        for row in group["rows"]:
            found[row["holder"], f"{board}名次"] = row["place"]
            found[row["holder"], board or "总分"] = row["total"]
            found[row["holder"], "等次"] = row.get("grade", "")
            for item in row["items"]:
                found[row["holder"], item["item"]] = item["points"]
    for holder in sheet.scopes:
        for listed in sheet.lists:
            found[holder, listed.name] = "是" if holder in listed.holders else "否"
        sums = [f"{brief(v)} {unit}" for (each, unit), v in sheet.rewards.items() if each == holder]
        found[holder, "奖励"] = "，".join(sums)
    return found


def index() -> str:
    """Which sayings are covered, letter by letter, counted and not typed."""
    found = constructs()
    rows = [
        _counted(letter, says, [each for each in found if each.id.startswith(letter)])
        for letter, says in HEADINGS.items()
    ]
    heads = ["类", "说的是", "能写 / 全部", "手算核对的例子", "从系统的记录里取数", "靠口径"]
    return _table(heads, [*rows, _counted("合计", "", found)])


def _counted(letter: str, says: str, found: list[Construct]) -> list[str]:
    covered = f"{sum(each.covered for each in found)} / {len(found)}"
    counts = (
        sum(len(each.cases) for each in found),
        sum(bool(each.measures) for each in found),
        sum(bool(each.settings) for each in found),
    )
    return [letter, says, covered, *map(str, counts)]


def every() -> str:
    """Each saying with what is written for it, a case worked out by hand, and what proves it."""
    found, told = constructs(), []
    for letter, says in HEADINGS.items():
        told.append(f"## {letter} {says}\n")
        told += [_told(each) for each in found if each.id.startswith(letter)]
    return "\n".join(told)


def _told(construct: Construct) -> str:
    parts = [f"### {construct.id} {construct.name}\n\n> {construct.says}\n"]
    for heading, text in (
        ("", construct.recipe),
        ("从系统里取数，在 `figures` 里写：", construct.measures),
        ("在口径里写：", construct.settings),
    ):
        if text:
            parts.append(f"{heading}\n\n```yaml\n{text}```\n".lstrip())
    rows = [[_figures(case), _gives(case), case.by_hand] for case in construct.cases]
    if rows:
        parts.append(_table(["数", "结果", "手算"], rows))
    if construct.missing:
        parts.append(f"还写不了：{construct.missing}\n")
    parts.append(f"核对：{_proofs(construct)}\n" if construct.covered else "")
    return "\n".join(parts)


def _figures(case: Case) -> str:
    return "<br>".join(
        f"{holder}：{'，'.join(f'{name} {value}' for name, value in own.items())}"
        for holder, own in case.figures.items()
    )


def _gives(case: Case) -> str:
    told: dict[str, list[str]] = {}
    for holder, column, value in case.wanted():
        told.setdefault(holder, []).append(f"{column} {value or '无'}")
    lines = [f"{holder}：{'，'.join(found)}" for holder, found in told.items()]
    return "<br>".join([*lines, *([f"指出：{case.problems}"] if case.problems else [])])


def _proofs(construct: Construct) -> str:
    own = "yipanqi/assessment/tests/test_rules_constructs.py"
    named = [own] if construct.cases else []
    return "、".join(f"`{each}`" for each in [*named, construct.proven_by] if each)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
