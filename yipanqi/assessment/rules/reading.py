"""From a method file to a `Method`: all that is wrong with it is told at once, by line and key."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.explaining import FULL_MARKS, brief
from yipanqi.assessment.rules.fields import Fields, fields_of, refuse_doubles
from yipanqi.assessment.rules.marked import Spot, read_yaml
from yipanqi.assessment.rules.methods import (
    ANNUAL,
    Board,
    Clause,
    Item,
    ItemKind,
    Method,
    MethodGroup,
    Rounding,
    concerns,
)
from yipanqi.assessment.rules.periods import PeriodKind
from yipanqi.assessment.rules.reading_figures import read_figures
from yipanqi.assessment.rules.reading_results import read_checks, read_results, read_vetoes
from yipanqi.core.problems import Refused

TOP = (
    "method",
    "code",
    "period",
    "source",
    "basis",
    "year",
    "full",
    "decimals",
    "rounding",
    "figures",
    "groups",
    "veto",
    "results",
    "checks",
)
CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")
GROUP = ("group", "kinds", "items")
ITEM = ("item", "says", "clause", "full", "points", "at_most", "at_least", "kind")


def read_method(text: str) -> Method:
    """The method written in a YAML file, or a refusal that lists all its problems."""
    root = read_yaml(text)
    top = fields_of(root, TOP)
    title = top.needed_text("method")
    figures, groups = top.needed("figures"), top.needed("groups")
    if figures is None or groups is None:
        raise Refused(root.problems)
    method = _method(top, title, figures, groups)
    if root.problems:
        raise Refused(root.problems)
    return method


def _method(top: Fields, title: str, figures_at: Spot, groups_at: Spot) -> Method:
    figures = read_figures(figures_at)
    known = [figure.name for figure in figures if not figure.lists_holders]
    groups = _groups(groups_at, known)
    names = [group.group for group in groups]
    ties, lists, boards = read_results(top.found.get("results"), known, names)
    full = top.number("full")
    _note_wrong_sums(top, groups_at, groups, full)
    _note_empty_groups(groups_at, groups, boards)
    decimals = top.whole("decimals", 0, 6)
    return Method(
        title=title,
        code=_code(top),
        period=top.word("period", PeriodKind.YEAR),
        source=top.text("source"),
        basis=tuple(_clause(entry) for entry in top.entries("basis")),
        year=top.whole("year", 1949, 2999),
        full=full,
        decimals=2 if decimals is None else decimals,
        rounding=top.word("rounding", Rounding.HALF_UP),
        figures=figures,
        groups=groups,
        vetoes=read_vetoes(top, known, names),
        ties=ties,
        lists=lists,
        boards=boards,
        checks=read_checks(top, known),
    )


def _code(top: Fields) -> str:
    code = top.text("code")
    if code and not CODE.fullmatch(code):
        top.found["code"].trouble(
            f"“{code}”不能作代号。请写小写拉丁字母，可带数字和下划线，最多 20 个，例如 {ANNUAL}。"
        )
    return code or ANNUAL


def _clause(spot: Spot) -> Clause:
    if not spot.is_mapping:
        return Clause(clause="", says=spot.text())
    fields = fields_of(spot, ("clause", "says"))
    return Clause(clause=fields.needed_text("clause"), says=fields.needed_text("says"))


def _groups(spot: Spot, known: Sequence[str]) -> tuple[MethodGroup, ...]:
    groups: dict[str, MethodGroup] = {}
    entries = spot.entries()
    names = []
    for entry in entries:
        fields = fields_of(entry, GROUP)
        name = fields.needed_text("group")
        names.append(name)
        items = _items(fields.found.get("items"), known, groups)
        groups[name] = MethodGroup(group=name, kinds=fields.texts("kinds"), items=items)
    refuse_doubles(spot, names, "分组")
    if spot.is_list and not entries:
        spot.trouble("一个分组也没有。请至少写一个。")
    return tuple(groups.values())


def _items(
    spot: Spot | None, known: Sequence[str], groups: Mapping[str, MethodGroup]
) -> tuple[Item, ...]:
    if spot is None:
        return ()
    if not spot.is_list:
        same = spot.text()
        if same not in groups:
            spot.trouble("items 写计分项的列表，或写前面一个分组的名称，表示与它相同。")
            return ()
        return groups[same].items
    items = tuple(_item(entry, known) for entry in spot.entries())
    refuse_doubles(spot, [item.item for item in items], "计分项")
    return items


def _item(spot: Spot, known: Sequence[str]) -> Item:
    fields = fields_of(spot, ITEM)
    kind = fields.word("kind", ItemKind.ORDINARY)
    full = fields.number("full")
    if kind is ItemKind.ORDINARY and "full" not in fields:
        spot.trouble("缺“full”。请写这一项的满分；加分项写 kind: bonus，扣分项写 kind: deduction。")
    elif full is not None and full <= 0:
        spot.trouble("满分应当大于 0。")
    at_most, at_least = fields.number("at_most"), fields.number("at_least")
    if at_most is not None and at_least is not None and at_least > at_most:
        spot.trouble("at_least 大于 at_most，没有分数能同时满足。")
    return Item(
        item=fields.needed_text("item"),
        says=fields.needed_text("says"),
        clause=fields.text("clause"),
        full=full,
        formula=fields.needed_formula(
            "points", [*known, FULL_MARKS] if "full" in fields else known
        ),
        at_most=at_most,
        at_least=at_least,
        kind=kind,
    )


def _note_wrong_sums(
    top: Fields, spot: Spot, groups: Sequence[MethodGroup], full: Fraction | None
) -> None:
    scored = [group for group in groups if group.items]
    if scored and "full" not in top:
        top.spot.trouble("缺“full”。请写各组计分项满分之和，例如 full: 100。")
    for group in scored if full is not None else ():
        parts = [item.full or Fraction(0) for item in group.items if item.kind is ItemKind.ORDINARY]
        total = sum(parts, Fraction(0))
        if total != full:
            told = " + ".join(brief(part) for part in parts)
            summed = f"{told} = " if len(parts) > 1 else ""
            spot.trouble(
                f"“{group.group}”各项满分之和是 {summed}{brief(total)}，不等于 full: "
                f"{brief(full or Fraction(0))}。请改其中一处。"
            )


def _note_empty_groups(spot: Spot, groups: Sequence[MethodGroup], boards: Sequence[Board]) -> None:
    for group in groups:
        if not group.items and not any(concerns(board.groups, group.group) for board in boards):
            spot.trouble(f"“{group.group}”既没有 items 也没有榜。请写上它怎么计分。")
