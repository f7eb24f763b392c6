"""The stretches of time that a method is drawn for: years, half years, quarters, months."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yipanqi.core.problems import Problem, Refused


class PeriodKind(StrEnum):
    """How often a method is drawn."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
}
LABEL = re.compile(
    r"(?P<year>[12]\d{3})(?:H(?P<half_year>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
)


@dataclass(frozen=True)
class Period:
    """One of them (考核期): which in its year, counted from one."""

    kind: PeriodKind
    year: int
    number: int = 1

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> "Period":
        """The one in which a day lies."""
        return cls(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def read(cls, label: str) -> "Period":
        """The one that is called so; refused where none is."""
        found = LABEL.fullmatch(label)
        if found is None:
            text = f"“{label[:20]}”不是考核期。请写成 2026、2026H1、2026Q3 或 2026-07。"
            raise Refused([Problem(text=text)])
        kind = PeriodKind(found.lastgroup or "")
        return cls(kind, int(found["year"]), 1 if kind is PeriodKind.YEAR else int(found[kind]))

    @property
    def label(self) -> str:
        """How it is called: 2026, 2026H1, 2026Q3, 2026-07."""
        return {
            PeriodKind.YEAR: f"{self.year}",
            PeriodKind.HALF_YEAR: f"{self.year}H{self.number}",
            PeriodKind.QUARTER: f"{self.year}Q{self.number}",
            PeriodKind.MONTH: f"{self.year}-{self.number:02}",
        }[self.kind]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        begun = self.year * 12 + self.number * MONTHS[self.kind]
        return date(begun // 12, begun % 12 + 1, 1) - timedelta(days=1)
