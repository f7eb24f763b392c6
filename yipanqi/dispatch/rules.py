"""What a bulletin says: figures as printed, who is named, and whether it holds together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.numbers import percent, shown
from yipanqi.core.problems import Problem, Weight


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A unit's line in the progress table (进度表): signings and funds against their tasks."""

    unit: str
    unit_id: int
    group: str
    signed: str
    signed_task: str
    signed_rate: str
    funds: str
    funds_task: str
    funds_rate: str
    started: str
    gap: str


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A unit's line in the report card (成绩单)."""

    place: str
    unit: str
    unit_id: int
    total: str


@dataclass(frozen=True, kw_only=True)
class RankedGroup:
    """The report card of a group, and who is named on which list with what outcome."""

    group: str
    rows: tuple[Ranked, ...]
    named: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Late:
    """A project on one of the nots (五未): since when, how many days over, and who answers."""

    not_yet: str
    project: str
    project_id: int
    unit: str
    person: str
    due_on: str
    days: int


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that a bulletin says, as it is printed; frozen when it is issued."""

    place: str
    as_of: str
    elapsed: str
    signed: str
    signed_task: str
    signed_rate: str
    signed_amount: str
    funds: str
    funds_task: str
    funds_rate: str
    started: str
    progress: tuple[Progress, ...]
    groups: tuple[RankedGroup, ...]
    late: tuple[Late, ...]
    method: str
    seq: int


def as_data(content: Content) -> dict[str, Any]:
    """The content as plain data for the ledger."""
    return asdict(content)


def from_data(data: Mapping[str, Any]) -> Content:
    """The content as it was frozen."""
    return Content(
        **{
            **data,
            "progress": tuple(Progress(**line) for line in data["progress"]),
            "groups": tuple(
                RankedGroup(
                    group=group["group"],
                    rows=tuple(Ranked(**row) for row in group["rows"]),
                    named=tuple((name, tuple(units)) for name, units in group["named"]),
                )
                for group in data["groups"]
            ),
            "late": tuple(Late(**line) for line in data["late"]),
        }
    )


def half_month(day: date) -> tuple[str, str]:
    """Which half month a bulletin is about, as a key and in words: 2026-11-b, 2026年11月下半月."""
    first = day.day <= 15
    words = f"{day.year}年{day.month}月{'上' if first else '下'}半月"
    return f"{day:%Y-%m}-{'a' if first else 'b'}", words


def told_half(day: date) -> str:
    """The same half month as the reader of a page is told it."""
    first = _("%(year)s年%(month)s月上半月")
    second = _("%(year)s年%(month)s月下半月")
    return (first if day.day <= 15 else second) % {"year": day.year, "month": day.month}


def rate(done: Fraction, task: Fraction | None) -> str:
    """A completion as printed; a dash where there is no task."""
    return percent(done / task, 1) if task else "—"


def gap(done: Fraction, task: Fraction | None, elapsed: Fraction) -> str:
    """Ahead of the time progress or behind it, in percentage points (超/欠进度)."""
    if not task:
        return "—"
    points = (done / task - elapsed) * 100
    words = "超" if points >= 0 else "欠"
    return f"{words}{shown(abs(points), 1)}"


OVER = gettext_lazy(
    "各单位合计 %(parts)s，全县 %(total)s，合计多 %(by)s：有项目没有记到单位名下，或份额不足 100%%"
)
UNDER = gettext_lazy(
    "各单位合计 %(parts)s，全县 %(total)s，合计少 %(by)s：有项目没有记到单位名下，或份额不足 100%%"
)


def reconciled(
    content: Content, *, parts: Sequence[tuple[str, Fraction, Fraction]]
) -> Iterator[Problem]:
    """Parts make totals, counts in the text are those of the tables; otherwise it says by how much.

    `parts` are (what, sum of the units' shares, total with each project counted once).
    """
    for what, summed, total in parts:
        if summed != total:
            difference = shown(abs(total - summed), 2)
            told = {"parts": shown(summed, 2), "total": shown(total, 2), "by": difference}
            yield Problem(
                text=(OVER if summed > total else UNDER) % told, where=what, weight=Weight.WARNS
            )
    if not content.progress:
        yield Problem(text=_("没有一个单位有数据，发不出通报"), where=_("进度表"))
    for group in content.groups:
        if any(row.total == "—" for row in group.rows):
            text = _("有单位算不出总分，请先补齐任务数或更正办法")
            yield Problem(text=text, where=group.group)


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Somebody whom a bulletin names (点名): a unit, by a list or by a late project of its own."""

    unit: str
    kind: str
    person: str = ""
    project: str = ""
    project_id: int | None = None
    days: int = 0


def named_in(content: Content, *, blaming: Collection[str] | None = None) -> list[Naming]:
    """Everybody whom the bulletin names, by these lists or by a late project, unit after unit.

    Without `blaming` every list counts. Units stand as in the progress table, the longest overdue first.
    """
    order = {line.unit: place for place, line in enumerate(content.progress)}
    found = [*_listed(content, blaming), *_late(content)]
    return sorted(found, key=lambda n: (order.get(n.unit, len(order)), n.unit, -n.days))


def _listed(content: Content, blaming: Collection[str] | None) -> Iterator[Naming]:
    for group in content.groups:
        for name, units in group.named:
            if blaming is None or name in blaming:
                yield from (Naming(unit=unit, kind=f"{group.group}{name}") for unit in units)


def _late(content: Content) -> Iterator[Naming]:
    for line in content.late:
        yield Naming(
            unit=line.unit,
            kind=line.not_yet,
            person=line.person,
            project=line.project,
            project_id=line.project_id,
            days=line.days,
        )


def recipients(content: Content) -> dict[int, str]:
    """The units that a bulletin is sent to (发送单位): all on which it tells a figure."""
    told = [(line.unit_id, line.unit) for line in content.progress]
    ranked = [(row.unit_id, row.unit) for group in content.groups for row in group.rows]
    return dict([*told, *ranked])


def overdue_by(issued_on: date, *, within: int, as_of: date) -> int:
    """By how many days a unit that has not signed is late; nought while it may still sign."""
    return max(0, (as_of - issued_on).days - within)
