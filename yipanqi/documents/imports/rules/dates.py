"""Dates as ledgers write them. What is not said is not made up: a month stays a month."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yipanqi.documents.imports.rules.texts import UNKNOWN, exact, is_blank, spelled
from yipanqi.documents.imports.rules.values import EMPTY, ImpreciseDate, Precision, Read, lost
from yipanqi.documents.imports.rules.workbook import Cell

FIRST_YEAR, LAST_YEAR = 1980, 2100
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
AMBIGUOUS_MONTH = 1

COARSE = {
    Precision.MONTH: "只写到月，没有日",
    Precision.QUARTER: "只写到季度，没有月和日",
    Precision.HALF: "只写到半年，没有月和日",
    Precision.YEAR: "只写到年，没有月和日",
}
NO_SUCH_DAY = "没有“{raw}”这一天，请核对"
NOT_A_DATE = "“{raw}”不是日期，没有取用，请按“2024-03-15”的样子填写"
NO_YEAR = "“{raw}”没有写年份，没有取用，请补上年份"
YEAR_OF_TITLE = "“{raw}”没有写年份，按标题里的{year}年理解"
ONE_OR_TEN = "“{raw}”是数字，分不清是1月还是10月，只取年份，请改成文本重填"
SHORT_YEAR = "“{raw}”的年份只有两位，按{year}年理解"
PENDING = "写的是“{raw}”，按没有填写处理"

DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
SPELLED_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
SPELLED_NUMBER = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
LOOSE = r"(?:初|底|末|中|上旬|中旬|下旬|前|份|左右|内)?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
SEPARATOR = r"[-/.年]"
FORMS = (
    (
        Precision.DAY,
        rf"{YEAR}{SEPARATOR}(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})[日号]?(?:t\d{{1,2}}:[\d:.]+)?",
    ),
    (Precision.DAY, rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)"),
    (Precision.DAY, r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    (Precision.MONTH, rf"{YEAR}{SEPARATOR}(?P<month>\d{{1,2}})月?{LOOSE}"),
    (Precision.MONTH, rf"{YEAR}(?P<month>0[1-9]|1[0-2])"),
    (Precision.MONTH, rf"(?P<month>\d{{1,2}})月{LOOSE}"),
    (Precision.QUARTER, rf"(?:{YEAR}年?)?(?:第?(?P<quarter>[1-4])季度{LOOSE}|q(?P<q>[1-4]))"),
    (Precision.HALF, rf"(?:{YEAR}年?)?(?P<half>上|下)半年{LOOSE}"),
    (Precision.YEAR, rf"{YEAR}年?{LOOSE}"),
)
PATTERNS = tuple((precision, re.compile(form)) for precision, form in FORMS)
TWO_DIGITS = re.compile(r"(\d\d)(?=年)")


@dataclass(frozen=True)
class Calendar:
    """What a sheet says about its dates: from which year its serial numbers count, and its title's year."""

    epoch_1904: bool = False
    year: int | None = None


def imprecise_date(cell: Cell, calendar: Calendar) -> Read:
    """A date with the precision that the cell has, and a doubt unless it is a day."""
    if isinstance(cell, datetime):
        return _read(cell.date(), Precision.DAY, spelled(cell))
    if isinstance(cell, date):
        return _read(cell, Precision.DAY, spelled(cell))
    if isinstance(cell, bool):
        return lost(NOT_A_DATE.format(raw=spelled(cell)))
    if not isinstance(cell, str):
        return _of_number(cell, calendar)
    if is_blank(cell):
        return EMPTY
    return _of_text(cell, calendar)


def _of_number(cell: float, calendar: Calendar) -> Read:
    """A serial day, or a date typed so that the spreadsheet took it for a number."""
    raw = spelled(cell)
    if FIRST_SERIAL <= cell <= LAST_SERIAL:
        epoch = EPOCH_1904 if calendar.epoch_1904 else EPOCH_1900
        return _read(epoch + timedelta(days=int(cell)), Precision.DAY, raw)
    year, _, month = f"{exact(cell):f}".partition(".")
    if month == str(AMBIGUOUS_MONTH) and FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Read(
            ImpreciseDate(date(int(year), 1, 1), Precision.YEAR, raw), ONE_OR_TEN.format(raw=raw)
        )
    return _of_text(raw, calendar)


def _of_text(raw: str, calendar: Calendar) -> Read:
    text, short = _arabic(raw)
    if text in UNKNOWN:
        return Read(None, PENDING.format(raw=raw))
    for precision, pattern in PATTERNS:
        if found := pattern.fullmatch(text):
            read = _of_parts(precision, found.groupdict(), raw, calendar)
            return Read(read.value, short or read.doubt, lost=read.lost)
    return Read(ImpreciseDate(None, Precision.UNKNOWN, raw), NOT_A_DATE.format(raw=raw), lost=True)


def _arabic(raw: str) -> tuple[str, str]:
    """A date in plain digits without blanks, and the doubt about a year of two digits."""
    text = unicodedata.normalize("NFKC", raw).strip().lower()
    text = re.sub(r"(?<=\d)\s+(?=\d{1,2}:)", "t", text)
    text = re.sub(r"\s+", "", text)
    text = SPELLED_YEAR.sub(lambda found: found[0].translate(DIGITS), text)
    text = SPELLED_NUMBER.sub(_digits_of, text)
    if found := TWO_DIGITS.match(text):
        year = f"20{found[1]}"
        return f"{year}{text[2:]}", SHORT_YEAR.format(raw=raw, year=year)
    return text, ""


def _digits_of(found: re.Match[str]) -> str:
    tens, ten, ones = found[0].partition("十")
    if not ten:
        return tens.translate(DIGITS)
    return f"{int(tens.translate(DIGITS) or 1) * 10 + int(ones.translate(DIGITS) or 0)}"


def _of_parts(
    precision: Precision, parts: dict[str, str | None], raw: str, calendar: Calendar
) -> Read:
    stated = parts.get("year")
    year = int(stated) if stated else calendar.year
    if year is None:
        return Read(ImpreciseDate(None, precision, raw), NO_YEAR.format(raw=raw))
    try:
        first = date(year, _month(parts), int(parts.get("day") or 1))
    except ValueError:
        return lost(NO_SUCH_DAY.format(raw=raw))
    read = _read(first, precision, raw)
    if stated or read.lost:
        return read
    return Read(read.value, YEAR_OF_TITLE.format(raw=raw, year=year))


def _month(parts: dict[str, str | None]) -> int:
    """The first month of the span that was stated."""
    if quarter := parts.get("quarter") or parts.get("q"):
        return int(quarter) * 3 - 2
    if half := parts.get("half"):
        return 1 if half == "上" else 7
    return int(parts.get("month") or 1)


def _read(first: date, precision: Precision, raw: str) -> Read:
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        return lost(NO_SUCH_DAY.format(raw=raw))
    return Read(ImpreciseDate(first, precision, raw), COARSE.get(precision, ""))
