"""A read line turned into what would be registered: particulars, dates to be claimed, units named."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from yipanqi.core.problems import Problem, Weight
from yipanqi.documents.imports.rules.rows import Row
from yipanqi.documents.imports.rules.values import Amount, ImpreciseDate, Quantity, Value

NODES = {
    "signed_on": "signed",
    "registered_on": "registered",
    "started_on": "started",
    "produced_on": "produced",
}
"""Which node of the lifecycle a dated column says was reached."""

TEXTS = {
    "name": "name",
    "code": "code",
    "investor": "investor",
    "company": "company",
    "credit_code": "credit_code",
    "content": "content",
    "industry": "industry",
    "kind": "nature",
    "remark": "remark",
}
"""Columns that are taken over as text, and the particulars they become."""

LIMITS = {"name": 120, "code": 30, "investor": 120, "company": 120, "industry": 40, "nature": 20}
FUNDS_WITHOUT_DAY = "到位资金没有到账日期，不自动申报；请在项目页逐笔申报"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What one line would register: plain values, so that it can be kept until somebody confirms."""

    row: int
    fields: dict[str, str | int | None]
    claims: tuple[tuple[str, str], ...]
    unit: str
    introducer: str
    location: str
    leader: str

    @property
    def identity(self) -> tuple[str, str]:
        """By what the same project is known again: name and investor."""
        return str(self.fields["name"]), str(self.fields.get("investor", ""))


def planned(row: Row) -> tuple[Planned, tuple[Problem, ...]]:
    """What a line that was not refused would register, and what of it will not be claimed."""
    problems = tuple(_left_out(row.values))
    return (
        Planned(
            row=row.number,
            fields=dict(_fields(row.values)),
            claims=tuple(_claims(row.values)),
            unit=_text(row.values, "lead_unit"),
            introducer=_text(row.values, "introducer"),
            location=_text(row.values, "location"),
            leader=_text(row.values, "leader"),
        ),
        problems,
    )


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _fields(values: Mapping[str, Value]) -> Iterator[tuple[str, str | int | None]]:
    for source, target in TEXTS.items():
        if text := _text(values, source):
            yield target, text[: LIMITS.get(target, 4000)]
    if origin := _text(values, "investor_province") + _text(values, "investor_city"):
        yield "origin", origin[:40]
    if values.get("honour") is True:
        yield "honour", "fortune500"
    total = values.get("total_investment")
    if isinstance(total, Amount):
        yield "total", total.minor
        yield "currency", total.currency
    fixed = values.get("fixed_investment")
    if isinstance(fixed, Amount) and (
        not isinstance(total, Amount) or fixed.currency == total.currency
    ):
        yield "fixed", fixed.minor
    land = values.get("land_area")
    if isinstance(land, Quantity):
        yield "land_area", round(land.base)


def _claims(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for field, node in NODES.items():
        value = values.get(field)
        if isinstance(value, ImpreciseDate) and value.day is not None:
            yield node, value.day.isoformat()


def _left_out(values: Mapping[str, Value]) -> Iterator[Problem]:
    if isinstance(values.get("funds_in_place"), Amount):
        yield Problem(text=FUNDS_WITHOUT_DAY, weight=Weight.WARNS)


def as_data(plan: Planned) -> dict[str, Any]:
    """The plan as plain data."""
    return asdict(plan)


def from_data(data: Mapping[str, Any]) -> Planned:
    """The plan as it was kept."""
    claims = tuple((node, day) for node, day in data["claims"])
    return Planned(**{**data, "claims": claims})


def claimable(plan: Planned, *, today: date) -> list[tuple[str, date]]:
    """The dated nodes that have come by today; a day to come is nobody's fact."""
    days = [(node, date.fromisoformat(day)) for node, day in plan.claims]
    return [(node, day) for node, day in days if day <= today]
