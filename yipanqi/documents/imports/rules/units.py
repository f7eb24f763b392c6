"""Units of money, land and heads, as headings and cells write them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yipanqi.documents.imports.rules.texts import plain


class Measure(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    AREA = "area"
    COUNT = "count"


@dataclass(frozen=True)
class Unit:
    """A unit: money in hundredths of its currency (分, whole), land in square metres, heads singly."""

    name: str
    measure: Measure
    factor: Fraction
    currency: str = ""
    minor: int = 0


MAGNITUDES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
CURRENCIES = {
    "美元": "USD",
    "美金": "USD",
    "usd": "USD",
    "us$": "USD",
    "$": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "hkd": "HKD",
    "hk$": "HKD",
    "欧元": "EUR",
    "eur": "EUR",
    "€": "EUR",
    "日元": "JPY",
    "jpy": "JPY",
    "英镑": "GBP",
    "gbp": "GBP",
    "£": "GBP",
    "新加坡元": "SGD",
    "新台币": "TWD",
    "韩元": "KRW",
    "元人民币": "CNY",
    "人民币元": "CNY",
    "人民币": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "¥": "CNY",
    "元": "CNY",
}
CURRENCY_NAMES = {
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "EUR": "欧元",
    "JPY": "日元",
    "GBP": "英镑",
    "SGD": "新加坡元",
    "TWD": "新台币",
    "KRW": "韩元",
}
AREAS = {
    "平方米": Fraction(1),
    "m2": Fraction(1),
    "平米": Fraction(1),
    "万平方米": Fraction(10**4),
    "万平米": Fraction(10**4),
    "万m2": Fraction(10**4),
    "公顷": Fraction(10**4),
    "平方公里": Fraction(10**6),
    "亩": Fraction(2000, 3),
}
COUNTS = ("人", "名", "个", "家", "天", "次", "批", "户", "套")

BRACKET = re.compile(r"\(([^()]*)\)?")
UNIT_LINE = re.compile(r"单位:(.+)")


def money(magnitude: str, currency: str) -> Unit:
    """A unit of money from its two halves: 万 and CNY."""
    name = f"{magnitude}{CURRENCY_NAMES[currency]}"
    minor = MAGNITUDES[magnitude] * 100
    return Unit(name, Measure.MONEY, Fraction(minor), currency, minor)


def _known() -> dict[str, Unit]:
    units = {
        f"{magnitude}{word}": money(magnitude, currency)
        for word, currency in CURRENCIES.items()
        for magnitude in MAGNITUDES
    }
    units |= {"亿": money("亿", "CNY"), "万": money("万", "CNY")}
    units |= {word: Unit(word, Measure.AREA, factor) for word, factor in AREAS.items()}
    units |= {word: Unit(word, Measure.COUNT, Fraction(1)) for word in COUNTS}
    return units


UNITS = _known()
TRAILING = tuple(
    word
    for word in sorted(UNITS, key=len, reverse=True)
    if (word.endswith(("元", "平方米", "m2", "亩", "公顷")) and len(word) > 1) or word == "亩"
)


def unit_named(text: str) -> Unit | None:
    """The unit that a word names; None where it names none, or more than one."""
    word = plain(text).removeprefix("单位").lstrip(":").removeprefix("人民币")
    return UNITS.get(re.split(r"[,;、]", word)[0])


def unit_in_brackets(heading: str) -> Unit | None:
    """The unit in the brackets of a heading, even if the bracket is never closed."""
    for inside in BRACKET.findall(plain(heading)):
        if unit := unit_named(inside):
            return unit
    return None


def without_brackets(heading: str) -> str:
    """A heading for comparison, all brackets gone."""
    return BRACKET.sub("", plain(heading))


def split_trailing(heading: str) -> tuple[str, Unit | None]:
    """A heading whose unit is only written behind it: 投资总额万元, 总投资:亿元."""
    text = without_brackets(heading)
    for word in TRAILING:
        if text.endswith(word) and text != word:
            stem = re.sub(r"(?:单位)?[:,_/-]*$", "", text.removesuffix(word))
            return stem, UNITS[word]
    return text, None


def units_of_line(text: str) -> dict[Measure, Unit]:
    """What a line above the heading says once for all columns: 单位：万元、亩."""
    found = UNIT_LINE.search(plain(text))
    words = re.split(r"[,;、/()\s和]", found[1]) if found else []
    units = [unit for word in words if (unit := UNITS.get(word))]
    return {unit.measure: unit for unit in reversed(units)}
