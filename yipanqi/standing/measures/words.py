"""The words of measures: what each source must and may be told, and what each word may say."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN, FEN_PER_YI
from yipanqi.core.problems import Problem
from yipanqi.standing.measures.windows import LENGTHS, WINDOWS

Word = str | int | bool
Spec = Mapping[str, Word | Sequence[Word]]

WANTS: Mapping[str, frozenset[str]] = {
    "projects": frozenset({"node"}),
    "investment": frozenset({"node"}),
    "funds": frozenset(),
    "overdue": frozenset({"deadline"}),
    "falsified": frozenset(),
    "target": frozenset({"indicator"}),
    "elapsed": frozenset(),
    "returns": frozenset({"state"}),
    "contacts": frozenset(),
    "external": frozenset({"indicator"}),
    "judged": frozenset({"indicator", "highest"}),
    "rating": frozenset({"indicator"}),
    "ballot": frozenset({"indicator"}),
}
"""What each source must be told; everything else is a condition that it may be given."""

TEXTS = frozenset({"industry", "nature", "honour", "level", "origin", "origin_not", "currency"})
FILTERS = TEXTS | {"at_least", "below", "at_least_usd"}
WINDOWED = frozenset({"window", "back", "whole", "years"})
COHORT = frozenset({"cohort", "cohort_window", "cohort_years", "cohort_back"})
COUNTED = FILTERS | WINDOWED | COHORT | {"credit", "of", "carried", "distinct"}
MAY: Mapping[str, frozenset[str]] = {
    "projects": COUNTED,
    "investment": COUNTED - {"distinct"},
    "funds": COUNTED,
    "overdue": FILTERS | {"credit", "of", "late_from", "late_to"},
    "falsified": FILTERS | WINDOWED | {"credit", "of"},
    "target": frozenset(
        {"window", "of", "issuer", "tier", "pledged", "revised", "to_date", "back"}
    ),
    "elapsed": frozenset({"window", "back", "by"}),
    "returns": frozenset({"window"}),
    "contacts": WINDOWED | {"kind", "count", "led", "credit", "distinct"},
    "external": WINDOWED - {"years"} | {"reported_by", "of"},
    "judged": frozenset({"lowest", "window"}),
    "rating": frozenset({"window"}),
    "ballot": frozenset({"window"}),
}

POINTS = ("lowest", "highest")
"""The bounds within which a judged item is given points."""

AMOUNTS = frozenset({"at_least", "below", "at_least_usd"})
NUMBERS = frozenset({"back", "years", "cohort_back", "cohort_years", "late_from", "late_to"})
FLAGS = frozenset({"whole", "carried", "pledged", "to_date", "led"})
LISTS = TEXTS | {"credit", "kind"}
WHOLE_MONTHS = (*LENGTHS,)
CHOICES: Mapping[str, Sequence[str]] = {
    "window": WINDOWS,
    "cohort_window": WINDOWS,
    "credit": ("introducer", "landing", "lead", "leader"),
    "state": ("late", "missing"),
    "of": ("place",),
    "distinct": WHOLE_MONTHS,
    "revised": ("first", "latest"),
    "by": ("curve", "days", "months"),
    "kind": ("visit", "reception", "call"),
    "count": ("trips", "person_times", "persons", "investors", "days", "person_days"),
    "currency": ("CNY", "USD"),
}
"""What may be said where there is a choice."""

NARROWER: Mapping[tuple[str, str], Sequence[str]] = {
    ("external", "window"): WHOLE_MONTHS,
    ("elapsed", "window"): tuple(window for window in WINDOWS if window != "all"),
    ("contacts", "credit"): ("holder", "present"),
}
"""Choices that a source has of its own."""

SCALES = {"万元": FEN_PER_WAN, "亿元": FEN_PER_YI, "元": 100, "万美元": FEN_PER_WAN}
"""Units of money, with the 分 (or cents) of each."""


def problems_in(spec: Spec) -> Iterator[Problem]:
    """What in a measure's words cannot be meant."""
    source = str(spec.get("measure", ""))
    if source not in WANTS:
        text = _("没有“%(source)s”这种指标，可用：%(wants)s") % {
            "source": source,
            "wants": "、".join(WANTS),
        }
        yield Problem(text=text, where="measure")
        return
    allowed = WANTS[source] | MAY[source] | {"measure"}
    for key in spec:
        if key not in allowed:
            yield Problem(
                text=_("%(source)s 不用“%(key)s”，可用：%(allowed)s")
                % {"source": source, "key": key, "allowed": "、".join(sorted(allowed))},
                where=key,
            )
    for key in sorted(WANTS[source] - spec.keys()):
        yield Problem(
            text=_("%(source)s 必须写明“%(key)s”") % {"source": source, "key": key}, where=key
        )
    yield from _choices_in(spec, source)
    yield from _values_in(spec)
    yield from _points_in(spec)
    yield from _together_in(spec)


def _choices_in(spec: Spec, source: str) -> Iterator[Problem]:
    for key, usual in CHOICES.items():
        known = NARROWER.get((source, key), usual)
        said = spec.get(key, known[0])
        for word in [said] if not isinstance(said, Sequence) or isinstance(said, str) else said:
            if word not in known:
                text = _("“%(word)s”不能这样写，%(key)s 只能是：%(known)s")
                told = {"word": word, "key": key, "known": "、".join(known)}
                yield Problem(text=text % told, where=key)


def _values_in(spec: Spec) -> Iterator[Problem]:
    """Amounts and numbers are whole; what is so or not so says true or false."""
    for key, value in spec.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if key in AMOUNTS and not whole:
            yield Problem(text=_("金额写整数，单位万元"), where=key)
        if key in NUMBERS and (not whole or not 1 <= int(str(value)) <= MOST):
            text = _("“%(key)s”写 1 到 %(most)s 的整数") % {"key": key, "most": MOST}
            yield Problem(text=text, where=key)
        if key in FLAGS and not isinstance(value, bool):
            text = _("“%(key)s”只能写 true 或 false") % {"key": key}
            yield Problem(text=text, where=key)


MOST = 3660
"""So many periods may be looked back, so many days may something be late."""


def _together_in(spec: Spec) -> Iterator[Problem]:
    """Words that only mean something beside others."""
    window, counts = spec.get("window", "year"), spec.get("count", "trips")
    for where, wrong, text in (
        (
            "whole",
            spec.get("whole") and "back" not in spec,
            _("whole 要和 back 一起写：从前的整个时段"),
        ),
        ("back", "back" in spec and window == "all", _("从头数的没有从前的时段，请写明 window")),
        (
            "years",
            "years" in spec and window != "year",
            _("years 是几个日历年，window 只能是 year"),
        ),
        ("credit", {"of", "credit"} <= spec.keys(), _("全县合计不分记在谁名下，请去掉 credit")),
        ("of", {"of", "distinct"} <= spec.keys(), _("distinct 是各单位自己的次数，请去掉 of")),
        ("count", "distinct" in spec and counts != "trips", _("distinct 数的是次数，请去掉 count")),
        (
            "at_least_usd",
            "at_least_usd" in spec and "at_least" not in spec,
            _("at_least_usd 是美元项目的另一个起点，还要写明 at_least"),
        ),
    ):
        if wrong:
            yield Problem(text=text, where=where)
    for key in sorted(COHORT - {"cohort"}):
        if key in spec and "cohort" not in spec:
            text = _("写了“%(key)s”，还要写明 cohort：哪个环节") % {"key": key}
            yield Problem(text=text, where=key)


def _points_in(spec: Spec) -> Iterator[Problem]:
    """Bounds of points are numbers, the lower one below the higher one."""
    bounds = {key: _points(spec[key]) for key in POINTS if key in spec}
    for key, points in bounds.items():
        if points is None or (points * 100).denominator != 1:
            yield Problem(text=_("写分数，最多两位小数，如 10 或 -20"), where=key)
    highest, lowest = bounds.get("highest"), bounds.get("lowest", Fraction(0))
    if highest is not None and lowest is not None and lowest >= highest:
        yield Problem(text=_("lowest 应小于 highest；扣分项两个都要写"), where="lowest")


def _points(value: Word | Sequence[Word]) -> Fraction | None:
    try:
        return None if isinstance(value, bool) else Fraction(str(value))
    except ValueError:
        return None
