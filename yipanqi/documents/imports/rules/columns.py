"""Which column means what, in which unit: read from headings alone, before any row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yipanqi.documents.imports.rules.fields import Field, Kind
from yipanqi.documents.imports.rules.texts import address, column_letters, plain
from yipanqi.documents.imports.rules.units import (
    UNITS,
    Measure,
    Unit,
    split_trailing,
    unit_in_brackets,
    without_brackets,
)
from yipanqi.documents.imports.rules.vocabulary import KEPT, UNDERSTOOD

FIELDS = {field.code: field for field in (*KEPT, *UNDERSTOOD)}
MEASURES = {Kind.MONEY: Measure.MONEY, Kind.AREA: Measure.AREA, Kind.COUNT: Measure.COUNT}
HEADS = UNITS["人"]
FILLER, FILLER_PHONE = "filled_by", "filled_by_phone"
SEVERAL_IN_ONE = frozenset({"industry"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet: the heading as printed, the field it means, its unit, and whether it is kept.

    `field` is empty for a column nobody knows: it stays in the file and is reported.
    """

    index: int
    source: str
    field: str = ""
    label: str = ""
    kind: Kind = Kind.TEXT
    unit: Unit | None = None
    kept: bool = False
    rank: int = 0

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    def cell(self, row: int) -> str:
        """The address of this column's cell in a row counted from nought."""
        return address(row, self.index)


def _dictionary() -> dict[str, tuple[Field, int]]:
    names: dict[str, tuple[Field, int]] = {}
    for field in FIELDS.values():
        for rank, name in enumerate(field.names):
            names.setdefault(plain(name), (field, rank))
    return names


DICTIONARY = _dictionary()


def field_named(heading: str) -> tuple[Field, int] | None:
    """The field that a heading means and the rank of its name; units and stray brackets do not matter."""
    for spelling in (plain, without_brackets, lambda text: split_trailing(text)[0]):
        if found := DICTIONARY.get(spelling(heading)):
            return found
    return None


def column_of(index: int, parts: Sequence[str], defaults: Mapping[Measure, Unit]) -> Column:
    """The column whose headings, from the group down to itself, are `parts`."""
    source = "|".join(parts)
    found = field_named("".join(parts)) or field_named(parts[-1])
    unit = unit_in_brackets(parts[-1]) or split_trailing(parts[-1])[1] or unit_in_brackets(source)
    if found is None:
        return Column(index=index, source=source, label=source, unit=unit, kind=_kind_of(unit))
    field, rank = found
    if not field.kept:
        return Column(
            index=index,
            source=source,
            field=field.code,
            label=field.label,
            unit=unit,
            kind=_kind_of(unit),
        )
    measure = MEASURES.get(field.kind)
    if measure and (unit is None or unit.measure is not measure):
        unit = HEADS if measure is Measure.COUNT else defaults.get(measure)
    return Column(
        index=index,
        source=source,
        field=field.code,
        label=field.label,
        kind=field.kind,
        unit=unit,
        kept=True,
        rank=rank,
    )


def _kind_of(unit: Unit | None) -> Kind:
    """A column that is not kept is still checked against the unit in its heading."""
    kinds = {measure: kind for kind, measure in MEASURES.items()}
    return kinds[unit.measure] if unit else Kind.TEXT


def settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The same columns after rivals for one field are ranked: one is kept, the others are named."""
    columns = _phones_of_fillers(columns)
    best: dict[str, Column] = {}
    for column in columns:
        if column.kept and column.rank < best.get(column.field, replace(column, rank=999)).rank:
            best[column.field] = column
    return tuple(
        column
        if not column.kept or column.field in SEVERAL_IN_ONE or best[column.field] is column
        else replace(
            column, kept=False, label=f"{column.label}（已取{best[column.field].letters}列）"
        )
        for column in columns
    )


def _phones_of_fillers(columns: Sequence[Column]) -> list[Column]:
    """A telephone right behind the person who filled the sheet in is that person's, not the project's."""
    result: list[Column] = []
    for column in columns:
        if column.kind is Kind.PHONE and result and result[-1].field == FILLER:
            field = FIELDS[FILLER_PHONE]
            column = replace(column, field=field.code, label=field.label, kept=False)
        result.append(column)
    return result
