"""List pages: what is asked for stands in the address, and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

PER_PAGE = 50

NOTHING = "-"
"""How an address asks for rows in which something is not filled in."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Column:
    """A column that a list can be sorted by; `first` is the direction it starts with."""

    key: str
    label: str
    field: str
    descending: bool = False


@dataclass(frozen=True)
class Heading:
    """A column as its head shows it: the address that sorts by it, and how it is sorted now."""

    label: str
    url: str
    direction: str


@dataclass(frozen=True)
class Sorting:
    """The columns of a list and the one that it is sorted by, as the address says: total or -total."""

    columns: Mapping[str, Column]
    asked: str

    @classmethod
    def of(cls, columns: Iterable[Column], asked: str) -> "Sorting":
        """The order asked for; the first column's own where nothing sensible is asked."""
        known = {column.key: column for column in columns}
        first = next(iter(known.values()))
        if asked.removeprefix("-") not in known:
            asked = f"-{first.key}" if first.descending else first.key
        return cls(known, asked)

    def apply(self, rows: QuerySet[Row]) -> QuerySet[Row]:
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
        return Heading(column.label, address(address_now, sort=turned), direction)


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
