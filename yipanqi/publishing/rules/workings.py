"""A holder's workings as they were frozen: each line with its rule, its figures and its points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yipanqi.assessment.rules.methods import Figure, Item, Method
from yipanqi.assessment.rules.nodes import Formula, names_in
from yipanqi.core.numbers import grouped
from yipanqi.publishing.rules.frozen import Frozen, figures_of
from yipanqi.publishing.rules.output import Told, rows_in

PLACES = 2
NOTHING = "—"


@dataclass(frozen=True, kw_only=True)
class Used:
    """A figure that a line uses, as it was frozen: in words, and exactly."""

    name: str
    label: str
    unit: str
    value: str
    exact: str


@dataclass(frozen=True, kw_only=True)
class Working:
    """A line of a holder's score with all that it follows from."""

    item: str
    clause: str
    says: str
    full: str
    formula: str
    because: str
    points: str
    used: tuple[Used, ...]


def row_of(frozen: Frozen, unit: int) -> Told | None:
    """A holder's row; none where it is only on boards, or not assessed."""
    return next((row for row in rows_in(frozen.said) if row["unit"] == unit), None)


def workings(frozen: Frozen, unit: int) -> tuple[Working, ...]:
    """A holder's lines in the order of the sheet; a veto has no rule of its own in the group."""
    row = row_of(frozen, unit)
    if row is None:
        return ()
    given = summed(figures_of(frozen.went_in, unit))
    items = items_of(frozen.method, given["group"])
    return tuple(_working(frozen.method, items, given, line) for line in row["lines"])


def summed(figures: Sequence[Told]) -> Told:
    """A holder's figures with those of who is merged into it; one that somebody lacks is missing."""
    own = figures[0]
    values = {name: [one["values"].get(name) for one in figures] for name in own["values"]}
    return {
        **own,
        "values": {
            name: None if None in found else str(sum(map(Fraction, found), Fraction(0)))
            for name, found in values.items()
        },
        "texts": {
            name: "、".join(filter(None, (one["texts"].get(name) for one in figures)))
            for name in own["texts"]
        },
    }


def items_of(method: Method, group: str) -> dict[str, Item]:
    """The items by which a group is scored, by name."""
    return {item.item: item for one in method.groups if one.group == group for item in one.items}


def _working(method: Method, items: dict[str, Item], given: Told, line: Told) -> Working:
    item = items.get(line["item"])
    return Working(
        item=line["item"],
        clause=line["clause"],
        says=item.says if item else "",
        full=grouped(item.full, PLACES) if item and item.full is not None else "",
        formula=item.formula.text if item else "",
        because=line["because"],
        points=line["printed"] or NOTHING,
        used=tuple(_used(method, item, given)) if item else (),
    )


def _used(method: Method, item: Item, given: Told) -> Iterator[Used]:
    for figure in figures_behind(method, item.formula):
        if figure.lists_holders:
            text = given["texts"].get(figure.name, "")
            yield Used(name=figure.name, label=figure.label, unit="", value=text, exact="")
        else:
            exact = given["values"].get(figure.name)
            value = NOTHING if exact is None else grouped(Fraction(exact), PLACES)
            yield Used(
                name=figure.name,
                label=figure.label,
                unit=figure.unit,
                value=value,
                exact=exact or "",
            )


def figures_behind(method: Method, formula: Formula) -> list[Figure]:
    """The given figures that a formula rests on, through whatever is computed from them."""
    known = {figure.name: figure for figure in method.figures}
    found: dict[str, Figure] = {}
    waiting = [name.name for name in names_in(formula.tree)]
    while waiting:
        figure = known.get(waiting.pop(0))
        if figure is None or figure.name in found:
            continue
        found[figure.name] = figure
        if figure.formula:
            waiting += [name.name for name in names_in(figure.formula.tree)]
        if figure.mean_total_of:
            waiting.append(figure.mean_total_of)
    return [figure for figure in found.values() if figure.is_given]
