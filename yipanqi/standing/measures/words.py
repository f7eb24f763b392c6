"""The words of measures: what each source must and may be told, and what each word may say."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN, FEN_PER_YI
from yipanqi.core.problems import Problem
from yipanqi.standing.measures.windows import LENGTHS, WINDOWS

Word = str | int | bool
Spec = Mapping[str, Word | Sequence[Word]]

CREDITS = ("introducer", "landing", "lead", "leader")

WANTS: Mapping[str, frozenset[str]] = {
    "projects": frozenset({"node"}),
    "investment": frozenset({"node"}),
    "funds": frozenset(),
    "overdue": frozenset({"deadline"}),
    "falsified": frozenset(),
    "target": frozenset({"indicator"}),
    "returns": frozenset({"state"}),
    "external": frozenset({"indicator"}),
    "judged": frozenset({"indicator", "highest"}),
    "rating": frozenset({"indicator"}),
    "ballot": frozenset({"indicator"}),
}
"""What each source must be told; everything else is a condition that it may be given."""

FILTERS = frozenset({"at_least", "below", "industry", "nature", "honour", "level"})
WINDOWED = frozenset({"window", "back", "whole"})
COHORT = frozenset({"cohort", "cohort_window", "cohort_years", "cohort_back"})
COUNTED = FILTERS | WINDOWED | COHORT | {"years", "credit", "of", "carried", "distinct"}
MAY: Mapping[str, frozenset[str]] = {
    "projects": COUNTED,
    "investment": COUNTED - {"distinct"},
    "funds": COUNTED,
    "overdue": FILTERS | {"credit", "of"},
    "falsified": FILTERS | WINDOWED | {"years", "credit", "of"},
    "target": frozenset({"window", "of"}),
    "returns": frozenset({"window"}),
    "external": WINDOWED | {"reported_by", "of"},
    "judged": frozenset({"lowest", "window"}),
    "rating": frozenset({"window"}),
    "ballot": frozenset({"window"}),
}

POINTS = ("lowest", "highest")
"""The bounds within which a judged item is given points."""

AMOUNTS = frozenset({"at_least", "below"})
NUMBERS = frozenset({"back", "years", "cohort_back", "cohort_years"})
FLAGS = frozenset({"whole", "carried"})
LISTS = frozenset({"credit", "industry", "nature", "honour", "level"})
WHOLE_MONTHS = (*LENGTHS,)
CHOICES: Mapping[str, Sequence[str]] = {
    "window": WINDOWS,
    "credit": CREDITS,
    "state": ("late", "missing"),
    "of": ("place",),
    "distinct": WHOLE_MONTHS,
}
SCALES = {"万元": FEN_PER_WAN, "亿元": FEN_PER_YI, "元": 100}
"""Units of money, with the 分 of each."""


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
    for key in ("window", "cohort_window"):
        known = WHOLE_MONTHS if source == "external" else WINDOWS
        if spec.get(key, "year") not in known:
            yield Problem(
                text=_("时段只能是：%(windows)s") % {"windows": "、".join(known)}, where=key
            )
    credit = spec.get("credit", "introducer")
    for role in [credit] if isinstance(credit, str) else tuple(credit):  # type: ignore[arg-type]
        if role not in CREDITS:
            yield Problem(
                text=_("归属“%(role)s”不存在，可用：%(credits)s")
                % {"role": role, "credits": "、".join(CREDITS)},
                where="credit",
            )
    if spec.get("state", "late") not in {"late", "missing"}:
        yield Problem(text=_("月报状态只能是 late（迟报）或 missing（缺报）"), where="state")
    if spec.get("of", "place") != "place":
        yield Problem(text=_("of 只能是 place（全县合计，每个项目只算一次）"), where="of")
    if spec.get("distinct", "year") not in WHOLE_MONTHS:
        text = _("distinct 只能是：%(windows)s") % {"windows": "、".join(WHOLE_MONTHS)}
        yield Problem(text=text, where="distinct")


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


MOST = 60
"""So many periods may be looked back."""


def _together_in(spec: Spec) -> Iterator[Problem]:
    """Words that only mean something beside others."""
    if spec.get("whole") and "back" not in spec:
        yield Problem(text=_("whole 要和 back 一起写：从前的整个时段"), where="whole")
    if "back" in spec and spec.get("window") == "all":
        yield Problem(text=_("从头数的没有从前的时段，请写明 window"), where="back")
    if "of" in spec and "credit" in spec:
        yield Problem(text=_("全县合计不分记在谁名下，请去掉 credit"), where="credit")
    if "of" in spec and "distinct" in spec:
        yield Problem(text=_("distinct 是各单位自己的次数，请去掉 of"), where="of")
    if "years" in spec and spec.get("window", "year") != "year":
        yield Problem(text=_("years 是几个日历年，window 只能是 year"), where="years")
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
