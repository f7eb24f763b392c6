"""A period as official papers call it."""

from yipanqi.assessment.rules.periods import Period, PeriodKind

HALVES = ("上半年", "下半年")
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def called(period: Period) -> str:
    """2026年, 2026年上半年, 2026年第三季度, 2026年7月."""
    part = {
        PeriodKind.YEAR: "",
        PeriodKind.HALF_YEAR: HALVES[period.number % 2 - 1],
        PeriodKind.QUARTER: QUARTERS[period.number % 4 - 1],
        PeriodKind.MONTH: f"{period.number}月",
    }
    return f"{period.year}年{part[period.kind]}"
