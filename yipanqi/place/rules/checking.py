"""What in a page of definitions cannot be meant, line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yipanqi.core.problems import Problem
from yipanqi.place.rules.indicators import Indicator, indicator_problems
from yipanqi.place.rules.leads import rank_problems
from yipanqi.place.rules.meaning import Settings

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "nodes": ("code", "name", "office"),
    "requirements": ("before", "needs", "clause", "says"),
    "not_yets": ("code", "name", "reached", "missing", "days"),
    "bands": ("code", "name", "at_least"),
    "rates": ("currency", "from", "yuan"),
    "indicators": ("code", "name", "unit"),
    "leaders": ("band", "within"),
}
"""The lists of a page, with what each of their entries must say."""

UNSAID = frozenset({"indicators", "leaders"})
"""Lists that a page may leave out."""

OPTIONAL = frozenset(
    {
        *("says", "evidence", "weight", "clause", "listed"),
        *("counts", "within", "previous"),
    }
)


def shape_problems(page: Mapping[str, Any]) -> Iterator[Problem]:
    """Headings and entries that are missing, and words that nobody knows."""
    for key in (
        "place",
        "code_prefix",
        "basis",
        "valid_from",
        "funds",
        "lamps",
        "returns",
        "bulletin",
        *(key for key in REQUIRED if key not in UNSAID),
    ):
        if key not in page:
            yield Problem(text=f"缺少“{key}”这一项", where=key)
    for key, wanted in REQUIRED.items():
        for number, entry in enumerate(page.get(key) or (), start=1):
            given = set(entry) if isinstance(entry, dict) else set()
            for missing in [name for name in wanted if name not in given]:
                yield Problem(text=f"缺少“{missing}”", where=f"{key} 第 {number} 项")
            for unknown in sorted(given - OPTIONAL - set(wanted)):
                yield Problem(text=f"不认识“{unknown}”", where=f"{key} 第 {number} 项")


def problems_of(settings: Settings) -> Iterator[Problem]:
    """What does not fit together within a page of definitions."""
    codes = set(settings.order)
    yield from _unknown(codes, "requirements", [(r.before, r.needs) for r in settings.requirements])
    yield from _unknown(codes, "not_yets", [(n.reached, n.missing) for n in settings.not_yets])
    yield from _doubled("nodes", settings.order)
    yield from _doubled("not_yets", [entry.code for entry in settings.not_yets])
    yield from _doubled("indicators", [entry.code for entry in settings.indicators])
    yield from indicator_problems(settings.indicators)
    yield from _unknown({*codes, ""}, "indicators", [_steps(one) for one in settings.indicators])
    yield from rank_problems(settings.leads.ranks, {band.code for band in settings.bands})
    if settings.check_days < 1:
        yield Problem(text="包保检查至少隔 1 天", where="pairings.check_days")
    if settings.curve and len(settings.curve) != 12:
        yield Problem(text="目标曲线要有 12 个月的累计百分比", where="curve")
    if not 1 <= settings.return_due_day <= 28:
        yield Problem(text="月报截止日应在 1 到 28 之间", where="returns.due_day")


def _steps(one: Indicator) -> tuple[str, str]:
    return str(one.counts.get("node", "")), str(one.counts.get("cohort", ""))


def _unknown(codes: set[str], where: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    for number, pair in enumerate(pairs, start=1):
        for code in pair:
            if code not in codes:
                yield Problem(text=f"没有“{code}”这个环节", where=f"{where} 第 {number} 项")


def _doubled(where: str, codes: Sequence[str]) -> Iterator[Problem]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem(text=f"代码“{code}”用了不止一次", where=where)
