"""From a method file to a `Method`: all that is wrong with it is told at once, by line and key."""

import re
from collections.abc import Sequence
from functools import lru_cache

from yipanqi.assessment.rules.fields import Fields, fields_of
from yipanqi.assessment.rules.marked import Spot, read_yaml
from yipanqi.assessment.rules.methods import (
    ANNUAL,
    Board,
    Clause,
    Method,
    MethodGroup,
    Rounding,
    concerns,
)
from yipanqi.assessment.rules.periods import PeriodKind
from yipanqi.assessment.rules.reading_figures import read_figures
from yipanqi.assessment.rules.reading_groups import note_wrong_sums, read_groups, read_merge
from yipanqi.assessment.rules.reading_results import Known, read_checks, read_results, read_vetoes
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
    "merge",
    "veto",
    "results",
    "checks",
)
CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")


@lru_cache(maxsize=64)
def read_method(text: str, *, unfinished: bool = False) -> Method:
    """The method written in a YAML file, or a refusal that lists all its problems.

    While it is unfinished the full marks of its groups need not add up yet.
    """
    root = read_yaml(text)
    top = fields_of(root, TOP)
    title = top.needed_text("method")
    figures, groups = top.needed("figures"), top.needed("groups")
    if figures is None or groups is None:
        raise Refused(root.problems)
    method = _method(top, title, figures, groups)
    if not unfinished:
        note_wrong_sums(top, groups, method)
    if root.problems:
        raise Refused(root.problems)
    return method


def _method(top: Fields, title: str, figures_at: Spot, groups_at: Spot) -> Method:
    figures = read_figures(figures_at)
    known = [figure.name for figure in figures if not figure.lists_holders]
    groups = read_groups(groups_at, known)
    results = read_results(top.found.get("results"), Known(known, groups))
    full = top.number("full")
    _note_empty_groups(groups_at, groups, results.boards)
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
        vetoes=read_vetoes(top, Known(known, groups)),
        merge=read_merge(top.found.get("merge"), groups),
        ties=results.ties,
        tie_break=results.tie_break,
        grades=results.grades,
        lists=results.lists,
        boards=results.boards,
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


def _note_empty_groups(spot: Spot, groups: Sequence[MethodGroup], boards: Sequence[Board]) -> None:
    for group in groups:
        if not group.items and not any(concerns(board.groups, group.group) for board in boards):
            spot.trouble(f"“{group.group}”既没有 items 也没有榜。请写上它怎么计分。")
