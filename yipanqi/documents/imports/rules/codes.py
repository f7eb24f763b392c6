"""Names, labels, codes, telephones and yes-or-no, cleaned without changing what they say."""

import re

from yipanqi.documents.imports.rules.texts import UNKNOWN, is_blank, is_rounded, plain, spelled
from yipanqi.documents.imports.rules.values import EMPTY, Read, lost
from yipanqi.documents.imports.rules.workbook import Cell
from yipanqi.facts.projects.rules import is_credit_code

ROUNDED = "长编码被存成了数字，末尾几位已经改变，请把这一列设为文本格式后重新填写"
SCIENTIFIC = "“{raw}”是科学计数法，原来的编码已经丢失，请把这一列设为文本格式后重新填写"
DECIMAL = "“{raw}”存成了小数，末尾的0可能已经丢失，请把这一列设为文本格式后核对"
NOT_A_CREDIT_CODE = "统一社会信用代码应为18位，实为{length}位，请核对"
WRONG_CHECK = "统一社会信用代码的校验位不对，可能抄错了一位，请核对"
LOST_ZERO = "“{raw}”存成了数字，区号前的0可能已经丢失，请核对"
NOT_A_FLAG = "“{raw}”既不是“是”也不是“否”，请核对"

MARKS = "☆★※●○◎▲△◆◇■□◉✩✪"
SERIAL = re.compile(
    rf"^[\s{MARKS}]*(?:\d{{1,3}}[、.．](?!\d)|[(（]\d{{1,3}}[)）]|[①-⑳])?[\s{MARKS}]*"
)
GLUED_CODE = re.compile(r"_\d{1,12}$")
E_NOTATION = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
MOBILE = re.compile(r"1[3-9]\d{9}")

CREDIT_LENGTH = 18
YES = frozenset({"是", "√", "✓", "✔", "y", "yes", "true", "1", "有"})
NO = frozenset({"否", "×", "✗", "x", "n", "no", "false", "0", "无", "不是"})


def name(cell: Cell) -> Read:
    """A name without the star, number or blanks that stand around it."""
    read = text(cell)
    if isinstance(read.value, str):
        bare = SERIAL.sub("", _one_line(read.value)).rstrip(f" \t{MARKS}")
        return Read(bare or None, read.doubt)
    return read


def _one_line(words: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", "", words) if "\n" in words or "\r" in words else words


def text(cell: Cell) -> Read:
    """Words as they stand, without blanks around them."""
    if isinstance(cell, str):
        return EMPTY if is_blank(cell) else Read(cell.strip())
    return lost(ROUNDED) if is_rounded(cell) else Read(spelled(cell))


def label(cell: Cell) -> Read:
    """A choice from a list, without the code that was glued to it: 国有_01 is 国有."""
    read = text(cell)
    if not isinstance(read.value, str) or read.value in UNKNOWN:
        return Read(None, read.doubt, lost=read.lost)
    words = _one_line(read.value)
    return Read(GLUED_CODE.sub("", words) if "_" in words else words)


def code(cell: Cell) -> Read:
    """A code letter for letter; one that a spreadsheet has rounded is refused."""
    read = text(cell)
    if not isinstance(read.value, str):
        return read
    if E_NOTATION.fullmatch(read.value):
        return lost(SCIENTIFIC.format(raw=read.value))
    if isinstance(cell, float) and not cell.is_integer():
        return Read(read.value, DECIMAL.format(raw=read.value))
    return read


def credit_code(cell: Cell) -> Read:
    """A unified social credit code; one that fails GB 32100 is kept, with a doubt."""
    read = code(cell)
    if not isinstance(read.value, str):
        return read
    value = plain(read.value).upper()
    if len(value) != CREDIT_LENGTH:
        return Read(value, NOT_A_CREDIT_CODE.format(length=len(value)))
    return Read(value, "" if is_credit_code(value) else WRONG_CHECK)


def phone(cell: Cell) -> Read:
    """A telephone number as text; 13313311331.0 is 13313311331."""
    read = code(cell)
    if isinstance(read.value, str) and not isinstance(cell, str):
        digits = len(read.value)
        if digits in (9, 10) or (digits == 11 and not MOBILE.fullmatch(read.value)):
            return Read(read.value, LOST_ZERO.format(raw=read.value))
    return read


def flag(cell: Cell) -> Read:
    """Yes or no; other words are kept as they stand (世界500强), with a doubt where they are mere numbers."""
    if isinstance(cell, bool):
        return Read(cell)
    word = plain(spelled(cell))
    if word in YES or word in NO:
        return Read(word in YES)
    read = label(cell)
    if isinstance(read.value, str) and re.fullmatch(r"[\d.]+", read.value):
        return lost(NOT_A_FLAG.format(raw=read.value))
    return read
