"""A score as people read it: lines with doors, records within one's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from yipanqi.assessment.reads.live import Holder, Live
from yipanqi.assessment.rules.explaining import Piece, Pieces, said
from yipanqi.assessment.rules.methods import Figure, Item, Part
from yipanqi.assessment.rules.nodes import names_in
from yipanqi.assessment.rules.sheets import Line, ScoredGroup, ScoredRow
from yipanqi.core.numbers import grouped
from yipanqi.facts.projects.models import Project
from yipanqi.standing.measures.counting import Counted

PLACES = 2


@dataclass(frozen=True)
class Told:
    """A figure as it stands on a line: its name, and its value in words."""

    name: str
    label: str
    unit: str
    value: str
    exact: str


@dataclass(frozen=True)
class ToldLine:
    """A line of a holder's score: the rule, the figures that it uses, the points, the reason."""

    item: str
    clause: str
    says: str
    full: str
    formula: str
    done: Sequence[Told]
    task: Sequence[Told]
    points: str | None
    because: Pieces


@dataclass(frozen=True)
class ToldReward:
    """What a holder gets from a list, and why."""

    listing: str
    clause: str
    amount: str | None
    unit: str
    because: str


@dataclass(frozen=True)
class RankedRow:
    """A holder's row in the ranking of its group."""

    holder: Holder
    row: ScoredRow
    total: str | None
    points: Sequence[str | None]
    bounds: Sequence[str | None]


def group_rows(scored: Live, group: ScoredGroup) -> list[RankedRow]:
    """A group in the order of its places, each with the printed points of each item."""
    ruled = scored.method.group_named(group.group)
    items = len(ruled.items)
    return [
        RankedRow(
            holder=scored.holders[row.holder],
            row=row,
            total=scored.sheet.printed(row.total),
            points=[scored.sheet.printed(line.points) for line in row.lines[:items]],
            bounds=[_bound(scored, row, part) for part in ruled.parts],
        )
        for row in group.rows
    ]


def _bound(scored: Live, row: ScoredRow, part: Part) -> str | None:
    """What the bounds of a part take or give, if they do."""
    line = row.line(part.part)
    return scored.sheet.printed(line.points) if line else None


def told_lines(scored: Live, holder: Holder) -> list[ToldLine]:
    """A holder's score, line by line; a veto has no rule of its own in the group."""
    group = scored.method.group_named(holder.group)
    items: dict[str, Item | Part] = {item.item: item for item in group.items}
    items |= {part.part: part for part in group.parts}
    return [
        _told_line(scored, holder, line, items.get(line.item))
        for line in scored.row(holder.name).lines
    ]


def told_rewards(scored: Live, holder: Holder) -> list[ToldReward]:
    """What a holder gets, list by list."""
    return [
        ToldReward(
            listing=reward.listing,
            clause=reward.clause,
            amount=None if reward.amount is None else grouped(reward.amount, PLACES),
            unit=reward.unit,
            because=said(reward.because),
        )
        for reward in scored.sheet.rewards_of(holder.name)
    ]


def reward_sums(scored: Live, holders: Sequence[str]) -> list[tuple[str, str]]:
    """What each of the holders gets from all lists together."""
    return [
        (holder, f"{grouped(amount, PLACES)} {unit}")
        for (holder, unit), amount in scored.sheet.rewards.items()
        if holder in holders
    ]


def _told_line(scored: Live, holder: Holder, line: Line, item: Item | Part | None) -> ToldLine:
    figures = _figures_of(scored, item) if item else []
    told = [(figure, _told(scored, holder, figure)) for figure in figures]
    return ToldLine(
        item=line.item,
        clause=line.clause,
        says=item.says if item else "",
        full=_full(item) if item else "",
        formula=item.formula.text if isinstance(item, Item) else "",
        done=[words for figure, words in told if figure.spec.get("measure") != "target"],
        task=[words for figure, words in told if figure.spec.get("measure") == "target"],
        points=scored.sheet.printed(line.points),
        because=doors(scored, line.because),
    )


def doors(scored: Live, because: Pieces) -> Pieces:
    """The reason in which only what opens to records keeps its name; 满分 is no figure."""
    known = {figure.name for figure in scored.method.figures}
    return tuple(piece if piece.name in known else Piece(piece.text) for piece in because)


def _figures_of(scored: Live, item: Item | Part) -> list[Figure]:
    known = {figure.name: figure for figure in scored.method.figures}
    formulas = [item.formula] if isinstance(item, Item) else []
    formulas += [bound for bound in (item.at_most, item.at_least) if bound]
    used = dict.fromkeys(name.name for formula in formulas for name in names_in(formula.tree))
    return [known[name] for name in used if name in known]


def _full(item: Item | Part) -> str:
    if isinstance(item, Item) and item.full is not None:
        return grouped(item.full, PLACES)
    return f"≤{item.at_most.text.removeprefix('=')}" if item.at_most else ""


def _told(scored: Live, holder: Holder, figure: Figure) -> Told:
    value = scored.sheet.values[holder.name].get(figure.name)
    words = grouped(value, PLACES) if isinstance(value, Fraction) else "—"
    exact = str(value) if isinstance(value, Fraction) else ""
    return Told(figure.name, figure.label, figure.unit, words, exact)


def in_scope(
    records: Sequence[Counted], value: Fraction | None, visible: "QuerySet[Project]"
) -> dict[str, object]:
    """The records behind a figure that somebody may see, and in numbers those that lie outside."""
    wanted = [record.project_id for record in records if record.project_id is not None]
    seen = set(visible.filter(pk__in=wanted).values_list("pk", flat=True))
    shown: list[Counted] = []
    hidden: list[Counted] = []
    for record in records:
        inside = record.project_id is None or record.project_id in seen
        (shown if inside else hidden).append(record)
    return {
        "shown": [(record, grouped(record.amount, PLACES)) for record in shown],
        "shown_sum": grouped(sum((r.amount for r in shown), Fraction(0)), PLACES),
        "hidden_count": len(hidden),
        "hidden_sum": grouped(sum((r.amount for r in hidden), Fraction(0)), PLACES),
        "total": None if value is None else grouped(value, PLACES),
        "exact": "" if value is None else str(value),
    }
