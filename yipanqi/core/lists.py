"""List pages: what is asked for stands in the address, and nowhere else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

PER_PAGE = 50

NOTHING = "-"
"""How an address asks for rows in which something is not filled in."""

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])


class Look(StrEnum):
    """What a column holds, and so how it is shown on a page and written into a sheet.

    `LATE` is a number of days that a red lamp says on a page.
    """

    TEXT = "text"
    LONG = "long"
    LAMP = "lamp"
    NUMBER = "number"
    LATE = "late"
    MONEY = "money"
    DAY = "day"


def _unsaid(_row: Any) -> None:
    """A column that only sorts has nothing to show."""


def in_words(value: Any) -> str:
    """A value as text; several stand one after another."""
    if value is None:
        return ""
    return "、".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class Column:
    """A column of a list, declared once for its page, its order and its sheet.

    `field` is what it is sorted by, `descending` the direction that this starts with. `value` takes
    what the column shows out of a row, `url` the page that it opens. `small` names columns that a
    page shows beneath this one and a sheet beside it, `needs` what has to be asked for besides the
    rows, `phone` whether it stays on a narrow screen.
    """

    key: str
    label: str
    field: str = ""
    descending: bool = False
    look: Look = Look.TEXT
    value: Callable[[Any], Any] = _unsaid
    url: Callable[[Any], str] | None = None
    small: tuple[str, ...] = ()
    needs: str = ""
    phone: bool = False


@dataclass(frozen=True)
class Heading:
    """A column as its head shows it: the address that sorts by it, and how it is sorted now."""

    label: str
    url: str
    direction: str
    numeric: bool = False


@dataclass(frozen=True)
class Sorting:
    """The columns of a list and the one that it is sorted by, as the address says: total or -total."""

    columns: Mapping[str, Column]
    asked: str

    @classmethod
    def of(cls, columns: Iterable[Column], asked: str, usual: str = "") -> "Sorting":
        """The order asked for; the usual one, else the first column's own, where that makes no sense."""
        known = {column.key: column for column in columns if column.field}
        if asked.removeprefix("-") not in known:
            first = known.get(usual) or next(iter(known.values()))
            asked = f"-{first.key}" if first.descending else first.key
        return cls(known, asked)

    def apply(self, rows: Rows) -> Rows:
        """Rows in this order, what is unknown last, ending in the key so that pages never overlap."""
        descending = self.asked.startswith("-")
        column = self.columns[self.asked.removeprefix("-")]
        known = rows.model._meta.get_field(column.field)
        nulls_last = (
            getattr(known, "null", True) or None
        )  # where all is known an index has the order
        order = OrderBy(F(column.field), descending=descending, nulls_last=nulls_last)
        return rows.order_by(order, "-pk" if descending else "pk")

    def headings(self, address_now: QueryDict) -> dict[str, Heading]:
        """The head of each column: a second touch turns the order round."""
        return {key: self._heading(column, address_now) for key, column in self.columns.items()}

    def _heading(self, column: Column, address_now: QueryDict) -> Heading:
        up, down = column.key, f"-{column.key}"
        direction = {up: "ascending", down: "descending"}.get(self.asked, "none")
        first, second = (down, up) if column.descending else (up, down)
        turned = second if self.asked == first else first
        numeric = column.look in (Look.MONEY, Look.NUMBER)
        return Heading(column.label, address(address_now, sort=turned), direction, numeric)


@dataclass(frozen=True)
class Table:
    """The columns that somebody sees of a list, in their order, out of all that it has."""

    known: Mapping[str, Column]
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, columns: Iterable[Column], asked: str, usual: Sequence[str]) -> "Table":
        """The columns asked for, apart by commas, each once; the usual ones where none is known."""
        known = {column.key: column for column in columns}
        keys = [key for key in dict.fromkeys(asked.split(",")) if key in known]
        return cls(known, tuple(known[key] for key in keys or usual if key in known))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns by their keys."""
        return tuple(column.key for column in self.columns)

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns of a sheet: those of the page, each followed by what stands beneath it."""
        keys = [key for column in self.columns for key in (column.key, *column.small)]
        return tuple(self.known[key] for key in dict.fromkeys(keys))

    @property
    def needs(self) -> frozenset[str]:
        """All that has to be asked for besides the rows."""
        return frozenset(column.needs for column in self.written) - {""}

    def under(self, column: Column, row: Any) -> str:
        """What stands beneath a value, unless it has a column of its own."""
        beneath = [self.known[key] for key in column.small if key not in self.keys]
        return " · ".join(text for one in beneath if (text := in_words(one.value(row))))

    def choices(self) -> list[tuple[str, str, bool]]:
        """Every column there is, and whether it is chosen."""
        return [(one.key, one.label, one.key in self.keys) for one in self.known.values()]

    def heads(self, sorting: Sorting, address_now: QueryDict) -> list[Heading]:
        """The heads of the columns; one that sorts nothing leads nowhere."""
        sorts = sorting.headings(address_now)
        plain = zip(self.columns, self.plain_heads(), strict=True)
        return [sorts.get(column.key, head) for column, head in plain]

    def plain_heads(self) -> list[Heading]:
        """The heads of a list whose order is given."""
        numeric = (Look.MONEY, Look.NUMBER)
        return [Heading(one.label, "", "none", one.look in numeric) for one in self.columns]


class Counted(Paginator):  # type: ignore[type-arg]  # not generic when it runs
    """Pages of a list whose length is known already."""

    def __init__(self, rows: QuerySet[Any], *, length: int, per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)
        self.length = length

    @property
    def count(self) -> int:
        """How many there are."""
        return self.length


def page_of(rows: QuerySet[Row], number: str, *, length: int) -> "Page[Row]":
    """The page asked for; the last one where the number is beyond it."""
    return Counted(rows, length=length).get_page(number or 1)


def address(asked: QueryDict, **changes: str | int | None) -> str:
    """The address of the same list with something else asked for; from its first page."""
    changed = asked.copy()
    for name, value in {"page": None, **changes}.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"
