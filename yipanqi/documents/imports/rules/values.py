"""What a cell can mean, always with the text it was read from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as a cell states it: whole 分 (hundredths of any other currency), the unit, and whether about."""

    minor: int
    currency: str
    unit: str
    approximate: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something that is not money, in the unit it was stated in."""

    value: Decimal
    unit: str
    factor: Fraction
    approximate: bool
    raw: str

    @property
    def base(self) -> Fraction:
        """The same in square metres, or in heads."""
        return Fraction(self.value) * self.factor


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A date as a cell states it; `first_on` is the first day of the span meant, None if no year is known."""

    first_on: date | None
    precision: Precision
    raw: str

    @property
    def day(self) -> date | None:
        """The day, if one was stated; it is never guessed."""
        return self.first_on if self.precision is Precision.DAY else None


Value = str | bool | Amount | Quantity | ImpreciseDate


class Read(NamedTuple):
    """The reading of one cell: its value, the doubt about it, and whether something in it was lost."""

    value: Value | None = None
    doubt: str = ""
    lost: bool = False


EMPTY = Read()


def lost(doubt: str) -> Read:
    """A cell with content of which nothing could be taken."""
    return Read(None, doubt, lost=True)
