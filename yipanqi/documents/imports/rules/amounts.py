"""Money, land and heads as cells state them: 5.2亿, 约3亿元, 500万美元, 十二亿五千万, 30亩."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import cn2an

from yipanqi.documents.imports.rules.texts import (
    UNKNOWN,
    exact,
    is_blank,
    is_rounded,
    plain,
    spelled,
)
from yipanqi.documents.imports.rules.units import (
    CURRENCIES,
    CURRENCY_NAMES,
    MAGNITUDES,
    UNITS,
    Measure,
    Unit,
    money,
)
from yipanqi.documents.imports.rules.values import EMPTY, Amount, Quantity, Read, lost
from yipanqi.documents.imports.rules.workbook import Cell

HUGE = 10**12 * 100
YUAN = UNITS["元"]

TOO_LONG = "数字超过15位，表格软件已经改动了末尾，请改成文本重新填写"
NEGATIVE = "金额或数量不能是负数，请核对"
RANGE = "“{raw}”是一个区间，没有取数，请改成一个数"
UNREADABLE = "“{raw}”不是能读懂的{what}，请只填数字，单位写在列名里"
NO_UNIT = "没有写单位，不知道“{raw}”是万元还是亿元，请在列名里写明单位"
NO_AREA_UNIT = "没有写单位，不知道“{raw}”是亩还是平方米，请在列名里写明单位"
DATE_FORMAT = "这一格被设成了日期格式，请改回数字格式后核对"
SUB_FEN = "折算到分不是整数，已四舍五入到分"
LARGE = "超过1万亿元，请核对单位是否写错"
FOREIGN = "没有写币种，按列名理解为{currency}"
PENDING = "写的是“{raw}”，按没有填写处理"
ASIDE = "括号里的“{note}”没有取用"

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NOTE = re.compile(r"^(.+?)\((.*)\)?$")
BETWEEN = re.compile(
    r"[\d一二三四五六七八九十百千万亿元](?:-|~|—|–|至|到)+[\d一二三四五六七八九十]"
)
ABOUT = re.compile(r"大约|约|近|超过|超|逾|余|多|不低于|不少于|不超过|预计|左右|上下|以上|以内")
LEAD = re.compile(r"^(?:计划|项目|协议)?总?投资(?:总额|额)?:?(?=.)")
NUMBER = r"\d+(?:\.\d+)?"
MAGNITUDE = "|".join(sorted(filter(None, MAGNITUDES), key=len, reverse=True))
PLAIN = re.compile(rf"({NUMBER})({MAGNITUDE})?")
COMPOUND = re.compile(rf"(?:{NUMBER}(?:{MAGNITUDE})){{2,6}}")
PART = re.compile(rf"({NUMBER})({MAGNITUDE})")
NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{1,30}")
UNFINISHED = re.compile(r"[百千万亿佰仟][一二两三四五六七八九壹贰叁肆伍陆柒捌玖]$")
WORDS = sorted(CURRENCIES, key=len, reverse=True)


@dataclass(frozen=True)
class Stated:
    """The parts of a text with one number in it."""

    text: str
    approximate: bool
    doubt: str


def amount(cell: Cell, unit: Unit | None) -> Read:
    """Money in the unit that the cell states, else in the column's; without either there is a doubt."""
    if not isinstance(cell, str):
        return _of_number(cell, unit, "金额")
    if is_blank(cell):
        return EMPTY
    stated = _stated(cell)
    return stated if isinstance(stated, Read) else _money(cell, stated, unit)


def quantity(cell: Cell, unit: Unit | None, measure: Measure) -> Read:
    """Land or heads in the unit that the cell states, else in the column's."""
    if not isinstance(cell, str):
        return _of_number(cell, unit, "数量")
    if is_blank(cell):
        return EMPTY
    stated = _stated(cell)
    if isinstance(stated, Read):
        return stated
    found = re.fullmatch(rf"({NUMBER})(\D*|m2|万m2)", stated.text)
    own = UNITS.get(found[2]) if found and found[2] else unit
    if not found or (found[2] and (own is None or own.measure is not measure)):
        return lost(UNREADABLE.format(raw=cell, what="数量"))
    return _settled(Decimal(found[1]), own, cell, stated)


def _of_number(cell: float | date, unit: Unit | None, what: str) -> Read:
    if isinstance(cell, bool):
        return lost(UNREADABLE.format(raw=spelled(cell), what=what))
    if isinstance(cell, date):
        return lost(DATE_FORMAT)
    if is_rounded(cell):
        return lost(TOO_LONG)
    if cell < 0:
        return lost(NEGATIVE)
    raw = spelled(cell)
    if unit is None:
        return Read(None, (NO_UNIT if what == "金额" else NO_AREA_UNIT).format(raw=raw))
    return _settled(exact(cell), unit, raw, Stated(raw, approximate=False, doubt=""))


def _stated(cell: str) -> Stated | Read:
    """A text freed of separators, marks of doubt and asides; or the reason why there is no number in it."""
    text = THOUSANDS.sub("", plain(cell))
    if text in UNKNOWN:
        return Read(None, PENDING.format(raw=cell))
    if text.startswith("-"):
        return lost(NEGATIVE)
    text = LEAD.sub("", text)
    doubt = ""
    if found := NOTE.match(text):
        text, note = found[1], found[2].rstrip(")")
        if note in UNITS:
            text += note
        else:
            doubt = ASIDE.format(note=note)
    if BETWEEN.search(text):
        return Read(None, RANGE.format(raw=cell))
    bare = ABOUT.sub("", text)
    return Stated(bare, approximate=bare != text, doubt=doubt)


def _money(cell: str, stated: Stated, unit: Unit | None) -> Read:
    """The column's unit counts only where the cell names neither magnitude nor currency."""
    text, currency = _without_currency(stated.text)
    found = _number(text)
    if found is None:
        return lost(UNREADABLE.format(raw=cell, what="金额"))
    value, magnitude = found
    if not magnitude and not currency:
        if unit is None:
            return Read(None, NO_UNIT.format(raw=cell))
        return _settled(value, unit, cell, stated)
    doubt = stated.doubt
    if not currency:
        currency = unit.currency if unit else "CNY"
        if currency != "CNY":
            doubt = "；".join(
                filter(None, (doubt, FOREIGN.format(currency=CURRENCY_NAMES[currency])))
            )
    own = money(magnitude, currency)
    return _settled(value, own, cell, Stated(text, stated.approximate, doubt))


def _without_currency(text: str) -> tuple[str, str]:
    """A text without the words for its currency, and which one it was; two different ones stay in."""
    found = ""
    for word in WORDS:
        if word in text and found in ("", CURRENCIES[word]):
            text, found = text.replace(word, ""), CURRENCIES[word]
    return text, found


def _number(text: str) -> tuple[Decimal, str] | None:
    """A number and the magnitude that it is counted in: 5.2 and 亿, or 1.2 and 亿 for 1亿2000万."""
    if found := PLAIN.fullmatch(text):
        return Decimal(found[1]), found[2] or ""
    if COMPOUND.fullmatch(text):
        return _compound(text)
    if NUMERALS.fullmatch(text) and not UNFINISHED.search(text):
        return _numerals(text)
    return None


def _compound(text: str) -> tuple[Decimal, str] | None:
    parts = [(Decimal(number), MAGNITUDES[word]) for number, word in PART.findall(text)]
    sizes = [size for _, size in parts]
    if sizes != sorted(set(sizes), reverse=True):
        return None
    return _in_magnitude(sum((number * size for number, size in parts), Decimal(0)))


def _numerals(text: str) -> tuple[Decimal, str] | None:
    try:
        value = cn2an.cn2an(unicodedata.normalize("NFKC", text), "smart")
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return _in_magnitude(Decimal(str(value)))


def _in_magnitude(value: Decimal) -> tuple[Decimal, str]:
    for word in ("亿", "万"):
        if value >= MAGNITUDES[word]:
            return value / MAGNITUDES[word], word
    return value, ""


def _settled(value: Decimal, unit: Unit | None, raw: str, stated: Stated) -> Read:
    """The value in its unit; money to the whole 分."""
    if unit is None:
        return Read(None, NO_AREA_UNIT.format(raw=raw))
    if unit.measure is not Measure.MONEY:
        return Read(Quantity(value, unit.name, unit.factor, stated.approximate, raw), stated.doubt)
    exactly = value * unit.minor
    minor = int(exactly.to_integral_value(ROUND_HALF_UP))
    read = Amount(minor, unit.currency, unit.name, stated.approximate, raw)
    if minor == exactly and minor <= HUGE:
        return Read(read, stated.doubt)
    doubts = (stated.doubt, SUB_FEN if minor != exactly else "", LARGE if minor > HUGE else "")
    return Read(read, "；".join(filter(None, doubts)))


def in_unit(read: Amount, unit: Unit) -> Fraction | None:
    """An amount counted in a unit of the same currency."""
    return Fraction(read.minor) / unit.factor if read.currency == unit.currency else None
