"""The words of an official paper: numerals, dates, punctuation; GB/T 9704—2012, 7.3 and 9."""

import re
from datetime import date
from unicodedata import east_asian_width

DIGITS = "〇一二三四五六七八九"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = HAN + "\u3000-\u303f\uff00-\uffef"
# What XML 1.0 cannot hold: one of these in a firm's name would make the file unreadable.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile(r"[^\S\u3000]+")
FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
SPACE_BESIDE_CHINESE = re.compile(f"(?<=[{WIDE}])[^\\S\u3000]+|[^\\S\u3000]+(?=[{WIDE}])")
MARK_BESIDE_CHINESE = re.compile(f"(?<=[{HAN}])[,;:?!]|[,;:?!](?=[{HAN}])")
STOP_AFTER_CHINESE = re.compile(f"(?<=[{HAN}])\\.(?=$|[{HAN}])")
BRACKETS = re.compile(
    f"(?<=[{HAN}])\\(([^()]*)\\)|\\(([^()]*)\\)(?=[{HAN}])|\\(([^()]*[{HAN}][^()]*)\\)"
)


def clean(text: str) -> str:
    """The text without what a file cannot hold, on one line."""
    return BLANKS.sub(" ", ILLEGAL.sub("", text))


def tidy(text: str) -> str:
    """Running Chinese text with full-width punctuation and without spaces beside Chinese (9)."""
    settled, text = "", clean(text).strip()
    while settled != text:
        settled, text = text, _tidied_once(text)
    return text


def _tidied_once(text: str) -> str:
    text = SPACE_BESIDE_CHINESE.sub("", text)
    text = MARK_BESIDE_CHINESE.sub(lambda mark: mark[0].translate(FULL_WIDTH), text)
    text = STOP_AFTER_CHINESE.sub("。", text)
    return BRACKETS.sub(lambda bracket: f"（{bracket[0][1:-1]}）", text)


def numeral(number: int) -> str:
    """A number below a hundred in Chinese: 一, 十, 十二, 二十, 九十九."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    )


def heading_number(level: int, number: int) -> str:
    """The four levels of numbering within the text (7.3.3): 一、（一）1.（1）."""
    return {
        1: f"{numeral(number)}、",
        2: f"（{numeral(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }[level]


def long_date(day: date) -> str:
    """A date in Arabic figures, the full year, no leading noughts (7.3.5.4): 2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def ems(text: str) -> float:
    """The width of a text in Chinese characters; a Latin letter or figure is half of one."""
    return sum(0.5 if east_asian_width(letter) in ("Na", "H", "N") else 1.0 for letter in text)
