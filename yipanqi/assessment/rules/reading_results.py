"""The `veto:`, `results:` and `checks:` parts of a method file."""

from collections.abc import Sequence
from enum import StrEnum

from yipanqi.assessment.rules.fields import Fields, fields_of, refuse_doubles
from yipanqi.assessment.rules.marked import Spot
from yipanqi.assessment.rules.methods import Board, Check, Listing, Ties, Veto
from yipanqi.assessment.rules.reading_figures import TOTAL

RESULTS = ("ties", "lists", "boards")
VETO = ("veto", "when", "says", "clause", "groups")
LISTING = ("list", "first", "last", "when", "unless", "outcome", "says", "clause", "groups")
BOARD = ("board", "by", "order", "decimals", "unit", "says", "groups")
CHECK = ("check", "of", "this", "equals", "decimals", "unit")
MOST_NAMED = 10_000


class Order(StrEnum):
    """Which end of a board is the first place."""

    HIGH = "high"
    LOW = "low"


Results = tuple[Ties, tuple[Listing, ...], tuple[Board, ...]]


def read_results(spot: Spot | None, known: Sequence[str], groups: Sequence[str]) -> Results:
    """How ties are placed, who is named, and the boards."""
    if spot is None:
        return Ties.SKIP, (), ()
    fields = fields_of(spot, RESULTS)
    lists = tuple(_listing(entry, known, groups) for entry in fields.entries("lists"))
    boards = tuple(_board(entry, known, groups) for entry in fields.entries("boards"))
    refuse_doubles(spot, [listing.name for listing in lists], "名单")
    refuse_doubles(spot, [board.board for board in boards], "榜")
    return fields.word("ties", Ties.SKIP), lists, boards


def _listing(spot: Spot, known: Sequence[str], groups: Sequence[str]) -> Listing:
    fields = fields_of(spot, LISTING)
    if "first" in fields and "last" in fields:
        spot.trouble("first 和 last 只能写一个。请分成两个名单。")
    if not any(key in fields for key in ("first", "last", "when")):
        spot.trouble("名单要写 first（前几名）、last（后几名）或 when（条件）。")
    names = [*known, TOTAL]
    return Listing(
        name=fields.needed_text("list"),
        first=fields.whole("first", 1, MOST_NAMED),
        last=fields.whole("last", 1, MOST_NAMED),
        when=fields.formula("when", names),
        unless=fields.formula("unless", names),
        outcome=fields.text("outcome"),
        says=fields.text("says"),
        clause=fields.text("clause"),
        groups=fields.among("groups", groups, "分组"),
    )


def _board(spot: Spot, known: Sequence[str], groups: Sequence[str]) -> Board:
    fields = fields_of(spot, BOARD)
    return Board(
        board=fields.needed_text("board"),
        formula=fields.needed_formula("by", known),
        high_first=fields.word("order", Order.HIGH) is Order.HIGH,
        decimals=fields.whole("decimals", 0, 6) or 0,
        unit=fields.text("unit"),
        says=fields.text("says"),
        groups=fields.among("groups", groups, "分组"),
    )


def read_vetoes(fields: Fields, known: Sequence[str], groups: Sequence[str]) -> tuple[Veto, ...]:
    """The conditions under which a total is nought."""
    vetoes = tuple(_veto(entry, known, groups) for entry in fields.entries("veto"))
    refuse_doubles(fields.spot, [veto.veto for veto in vetoes], "否决项")
    return vetoes


def _veto(spot: Spot, known: Sequence[str], groups: Sequence[str]) -> Veto:
    fields = fields_of(spot, VETO)
    return Veto(
        veto=fields.needed_text("veto"),
        formula=fields.needed_formula("when", known),
        says=fields.needed_text("says"),
        clause=fields.text("clause"),
        groups=fields.among("groups", groups, "分组"),
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
