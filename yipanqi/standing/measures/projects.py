"""What is counted of projects: the nodes that they reached, the money, the days that they missed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from django.db.models import Count, IntegerField
from django.db.models.functions import ExtractMonth, ExtractYear

from yipanqi.standing.measures.intervals import credited, meets, summed
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure
from yipanqi.standing.measures.windows import LENGTHS

SUMS = {"funds": "amount_fen", "investment": "project__spans__total_fen"}


def count(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> dict[str, Figures]:
    """One scan answers every measure over the same intervals; one more those of periods."""
    found = {name: dict.fromkeys(holders, Fraction(0)) for name in asked}
    _add_sums({n: m for n, m in asked.items() if not m.distinct}, holders, at, found)
    _add_periods({n: m for n, m in asked.items() if m.distinct}, holders, at, found)
    return found


def _add_sums(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    if not asked:
        return
    rows = credited(list(asked.values()), holders, at).values_list(
        "project__parts__unit_id", "project__parts__num", "project__parts__den"
    )
    totals = {f"m{i}": summed(measure, at) for i, measure in enumerate(asked.values())}
    for holder, num, den, *sums in rows.annotate(**totals).order_by():
        for (name, measure), total in zip(asked.items(), sums, strict=True):
            found[name][holder] += measure.in_unit(Fraction((total or 0) * num, den))


def _add_periods(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    """In how many months, quarters or years something was counted."""
    if not asked:
        return
    rows = credited(list(asked.values()), holders, at).values_list(
        "project__parts__unit_id",
        ExtractYear("counted_on", output_field=IntegerField()),
        ExtractMonth("counted_on", output_field=IntegerField()),
    )
    totals = {
        f"m{i}": Count("pk", filter=meets(measure, at)) for i, measure in enumerate(asked.values())
    }
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for holder, year, month, *sums in rows.annotate(**totals).order_by():
        for (name, measure), total in zip(asked.items(), sums, strict=True):
            if total:
                seen[name, holder].add(period_number(year, month, measure))
    for (name, holder), periods in seen.items():
        found[name][holder] = Fraction(len(periods))


def period_number(year: int, month: int, measure: Measure) -> int:
    """Which of all periods of its length a month belongs to."""
    return (year * 12 + month - 1) // LENGTHS[measure.distinct]


def records(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    """Every project behind a holder's figure, with the holder's share."""
    rows = credited([measure], [holder_id], at, meets(measure, at))
    day = day_of(measure)
    amount = SUMS.get(measure.measure, "project__parts__num")
    listed = rows.order_by(day, "pk").values_list(
        "project_id", "project__name", day, "project__parts__num", "project__parts__den", amount
    )
    found = [
        Counted(
            label=name,
            amount=measure.in_unit(
                Fraction((total or 0) * num if measure.measure in SUMS else num, den)
            ),
            on=on,
            project_id=project_id,
        )
        for project_id, name, on, num, den, total in listed
    ]
    return told_once(found, measure)


def day_of(measure: Measure) -> str:
    """The day by which something is counted."""
    return "due_on" if measure.measure == "overdue" else "counted_on"


def told_once(found: Sequence[Counted], measure: Measure) -> list[Counted]:
    """The records of a project found false, or of a period, of which one makes it count."""
    if measure.measure == "falsified":
        return list({record.project_id: record for record in found}.values())
    return first_of_periods(found, measure) if measure.distinct else list(found)


def first_of_periods(found: Sequence[Counted], measure: Measure) -> list[Counted]:
    """The records in their order, of which the first of each period makes it count."""
    seen: set[int] = set()
    told = []
    for record in found:
        number = period_number(record.on.year, record.on.month, measure) if record.on else 0
        told.append(replace(record, amount=Fraction(number not in seen)))
        seen.add(number)
    return told
