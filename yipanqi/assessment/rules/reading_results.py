"""The `veto:`, `results:` and `checks:` parts of a method file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yipanqi.assessment.rules.fields import Fields, fields_of, refuse_doubles
from yipanqi.assessment.rules.marked import Spot
from yipanqi.assessment.rules.methods import (
    Board,
    Check,
    Grade,
    Listing,
    MethodGroup,
    Ties,
    Veto,
    concerns,
)
from yipanqi.assessment.rules.names import PLACE, TOTAL
from yipanqi.assessment.rules.nodes import Formula, Number

RESULTS = ("ties", "tie_break", "grades", "lists", "boards")
VETO = ("veto", "when", "says", "clause", "groups")
GRADE = ("grade", "when", "says", "clause", "groups")
LISTING = (
    *("list", "by", "first", "last", "when", "unless", "together", "amount", "unit"),
    *("outcome", "says", "clause", "groups"),
)
BOARD = ("board", "by", "when", "together", "order", "decimals", "unit", "says", "groups")
CHECK = ("check", "of", "this", "equals", "decimals", "unit")
MOST_NAMED = 10_000


class Order(StrEnum):
    """Which end of a board is the first place."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class Known:
    """The names that a result may use: figures, and what the groups it concerns have scored."""

    figures: Sequence[str]
    groups: Sequence[MethodGroup]

    def among(self, fields: Fields) -> tuple[str, ...]:
        """The groups that an entry is restricted to."""
        return fields.among("groups", [group.group for group in self.groups], "分组")

    def points(self, groups: Sequence[str]) -> list[str]:
        """Items and parts that each of the groups has."""
        first, *others = self._scored(groups) or [MethodGroup(group="")]
        rest = [set(group.scored_names()) for group in others]
        return [name for name in first.scored_names() if all(name in each for each in rest)]

    def ranked_by(self, groups: Sequence[str]) -> list[str]:
        """What a ranking may look at: figures, points, the total."""
        total = [TOTAL] if self._scored(groups) else []
        return [*self.figures, *total, *self.points(groups)]

    def totals(self, groups: Sequence[str]) -> list[str]:
        """The same with the place in the ranking of the group."""
        place = [PLACE] if self._scored(groups) else []
        return [*self.ranked_by(groups), *place]

    def _scored(self, groups: Sequence[str]) -> list[MethodGroup]:
        return [
            group for group in self.groups if group.items and concerns(tuple(groups), group.group)
        ]


@dataclass(frozen=True, kw_only=True)
class Results:
    """What follows from the totals."""

    ties: Ties = Ties.SKIP
    tie_break: tuple[Formula, ...] = ()
    grades: tuple[Grade, ...] = ()
    lists: tuple[Listing, ...] = ()
    boards: tuple[Board, ...] = ()


def read_results(spot: Spot | None, known: Known) -> Results:
    """How equals are placed and parted, who gets which grade, who is named, and the boards."""
    if spot is None:
        return Results()
    fields = fields_of(spot, RESULTS)
    results = Results(
        ties=fields.word("ties", Ties.SKIP),
        tie_break=_tie_break(fields, known),
        grades=tuple(_grade(entry, known) for entry in fields.entries("grades")),
        lists=tuple(_listing(entry, known) for entry in fields.entries("lists")),
        boards=tuple(_board(entry, known) for entry in fields.entries("boards")),
    )
    refuse_doubles(spot, [listing.name for listing in results.lists], "名单")
    refuse_doubles(spot, [board.board for board in results.boards], "榜")
    return results


def _tie_break(fields: Fields, known: Known) -> tuple[Formula, ...]:
    spot = fields.found.get("tie_break")
    if spot is None:
        return ()
    names = known.ranked_by(())
    return tuple(each.formula(names) for each in (spot.entries() if spot.is_list else [spot]))


def _grade(spot: Spot, known: Known) -> Grade:
    fields = fields_of(spot, GRADE)
    groups = known.among(fields)
    return Grade(
        grade=fields.needed_text("grade"),
        when=fields.needed_formula("when", known.totals(groups)),
        says=fields.text("says"),
        clause=fields.text("clause"),
        groups=groups,
    )


def _listing(spot: Spot, known: Known) -> Listing:
    fields = fields_of(spot, LISTING)
    groups = known.among(fields)
    names = known.totals(groups)
    _note_wrong_listing(spot, fields, names)
    ranked = [*dict.fromkeys((*names, PLACE))]
    return Listing(
        name=fields.needed_text("list"),
        by=fields.formula("by", known.ranked_by(groups)),
        first=_how_many(fields, "first", names),
        last=_how_many(fields, "last", names),
        when=fields.formula("when", ranked),
        unless=fields.formula("unless", ranked),
        together=fields.truth("together"),
        amount=fields.formula("amount", ranked),
        unit=fields.text("unit"),
        outcome=fields.text("outcome"),
        says=fields.text("says"),
        clause=fields.text("clause"),
        groups=groups,
    )


def _note_wrong_listing(spot: Spot, fields: Fields, names: Sequence[str]) -> None:
    if "first" in fields and "last" in fields:
        spot.trouble("first 和 last 只能写一个。请分成两个名单。")
    if not any(key in fields for key in ("first", "last", "when")):
        spot.trouble("名单要写 first（前几名）、last（后几名）或 when（条件）。")
    if ("first" in fields or "last" in fields) and "by" not in fields and TOTAL not in names:
        spot.trouble("这些组没有计分项，没有总分。请用 by 写明按什么排名。")
    if ("amount" in fields) != ("unit" in fields):
        spot.trouble("amount（金额）和 unit（单位，例如 万元）要一起写。")


def _how_many(fields: Fields, key: str, names: Sequence[str]) -> Formula | None:
    """A number of places, or a formula for it."""
    found = fields.number_or_formula(key, names)
    if found and isinstance(found.tree, Number) and not found.text.startswith("="):
        fields.whole(key, 1, MOST_NAMED)
    return found


def _board(spot: Spot, known: Known) -> Board:
    fields = fields_of(spot, BOARD)
    groups = known.among(fields)
    names = known.totals(groups)
    return Board(
        board=fields.needed_text("board"),
        formula=fields.needed_formula("by", names),
        when=fields.formula("when", names),
        together=fields.truth("together"),
        high_first=fields.word("order", Order.HIGH) is Order.HIGH,
        decimals=fields.whole("decimals", 0, 6) or 0,
        unit=fields.text("unit"),
        says=fields.text("says"),
        groups=groups,
    )


def read_vetoes(fields: Fields, known: Known) -> tuple[Veto, ...]:
    """The conditions under which a total is nought."""
    vetoes = tuple(_veto(entry, known) for entry in fields.entries("veto"))
    refuse_doubles(fields.spot, [veto.veto for veto in vetoes], "否决项")
    return vetoes


def _veto(spot: Spot, known: Known) -> Veto:
    fields = fields_of(spot, VETO)
    groups = known.among(fields)
    return Veto(
        veto=fields.needed_text("veto"),
        formula=fields.needed_formula("when", [*known.figures, *known.points(groups)]),
        says=fields.needed_text("says"),
        clause=fields.text("clause"),
        groups=groups,
    )


def read_checks(fields: Fields, known: Sequence[str]) -> tuple[Check, ...]:
    """The pairs of values that must agree."""
    checks = tuple(_check(entry, known) for entry in fields.entries("checks"))
    refuse_doubles(fields.spot, [check.check for check in checks], "核对项")
    return checks


def _check(spot: Spot, known: Sequence[str]) -> Check:
    fields = fields_of(spot, CHECK)
    return Check(
        check=fields.needed_text("check"),
        this=fields.needed_formula("this", known),
        equals=fields.needed_formula("equals", known),
        of=fields.text("of"),
        decimals=fields.whole("decimals", 0, 6),
        unit=fields.text("unit"),
    )
