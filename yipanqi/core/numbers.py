"""Exact numbers and how they are shown. Rounding happens here, once, at the edge."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils.translation import get_language

FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN
FEN_PER_YI = 10_000 * FEN_PER_WAN
FEN_PER_BILLION = 10 * FEN_PER_YI


def rounded(value: Fraction, decimals: int, *, truncate: bool = False) -> Fraction:
    """`value` to so many decimals, half up away from zero (四舍五入), or cut off where a place says so."""
    scale = 10**decimals
    lift = Fraction(0) if truncate else Fraction(1, 2)
    whole = floor(abs(value) * scale + lift)
    return Fraction(whole if value >= 0 else -whole, scale)


def shown(value: Fraction, decimals: int, *, truncate: bool = False) -> str:
    """The printed form of an exact value with so many decimals: 86.60."""
    exact = rounded(value, decimals, truncate=truncate) * 10**decimals
    return f"{Decimal(exact.numerator).scaleb(-decimals):f}"


def percent(value: Fraction | None, decimals: int = 1) -> str:
    """A rate as people read it: 88.8%; a rate that does not exist is a dash."""
    return "—" if value is None else f"{shown(value * 100, decimals)}%"


def grouped(value: Fraction, decimals: int = 0) -> str:
    """A figure with thousands apart, without needless noughts behind the point: 12,500 or 8,640.5."""
    text = f"{Decimal(shown(value, decimals)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(fen: int, decimals: int = 2) -> str:
    """An amount in 万元: 8,640."""
    return grouped(Fraction(fen, FEN_PER_WAN), decimals)


def money(fen: int | None) -> str:
    """An amount in the unit that suits its size: 3.6亿元, 1,200万元; CNY 360 million in English."""
    if fen is None:
        return "—"
    if get_language() == "en":
        return _in_english(fen)
    if abs(fen) >= FEN_PER_YI:
        return f"{grouped(Fraction(fen, FEN_PER_YI), 2)}亿元"
    return f"{wan(fen)}万元"


def _in_english(fen: int) -> str:
    if abs(fen) >= FEN_PER_BILLION:
        return f"CNY {grouped(Fraction(fen, FEN_PER_BILLION), 3)} billion"
    return f"CNY {grouped(Fraction(fen, FEN_PER_BILLION // 1000), 4)} million"


def letters_of(place: int) -> str:
    """How a table calls its columns, counted from nought: A, Z, AA."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
