"""Kinds of input that officers type: amounts, areas, shares, days, files, rows that are ticked."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from yipanqi.core.forms import all_checked as all_checked
from yipanqi.core.forms import checked as checked
from yipanqi.core.numbers import FEN_PER_WAN, FEN_PER_YI, FEN_PER_YUAN, rounded

NUMBER = r"(\d{1,15}(?:,\d{3})*(?:\.\d{1,8})?)"
AMOUNT = re.compile(rf"{NUMBER}(亿|万)?(元)?")
AREA = re.compile(rf"{NUMBER}(亩|平方米|平米|公顷)?")
SHARE = re.compile(rf"{NUMBER}(?:%|/(\d{{1,4}}))?")
MAGNITUDES = {"亿": FEN_PER_YI, "万": FEN_PER_WAN}
AREAS = {
    "亩": Fraction(2000, 3),
    "平方米": Fraction(1),
    "平米": Fraction(1),
    "公顷": Fraction(10_000),
}
HUGE_FEN = 10_000 * FEN_PER_YI
HUGE_AREA = 2**31 - 1


def plain(text: str) -> str:
    """What was typed without blanks and full-width signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def number(text: str) -> Fraction:
    """The exact value of digits with or without thousands apart."""
    return Fraction(text.replace(",", ""))


class AmountField(forms.CharField):
    """Money as people write it, 36000 (万元) or 3.6亿 or 360000000元, kept in whole 分."""

    def to_python(self, value: Any) -> Any:  # the base class types it so
        """Whole 分, or nothing."""
        text = plain(super().to_python(value) or "")
        if not text:
            return None
        if text.startswith("-"):
            raise ValidationError(_("金额不能是负数"))
        if (found := AMOUNT.fullmatch(text)) is None:
            raise ValidationError(
                _("“%(text)s”不是能读懂的金额，请写成 36000（万元）或 3.6亿"), params={"text": text}
            )
        magnitude = FEN_PER_YUAN if found[3] and not found[2] else MAGNITUDES[found[2] or "万"]
        return _whole_fen(number(found[1]) * magnitude)

    def prepare_value(self, value: Any) -> Any:  # the base class types it so
        """分 as text in 万元, exact; what was typed stays as typed."""
        return in_wan(value) if isinstance(value, int) else value


def _whole_fen(fen: Fraction) -> int:
    if fen.denominator != 1:
        raise ValidationError(_("金额细过了分，请核对"))
    if fen > HUGE_FEN:
        raise ValidationError(_("金额超过 1 万亿元，请核对单位是否写错"))
    return int(fen)


def in_wan(fen: int) -> str:
    """An amount in 万元, every digit of it: 36000 or 0.000001."""
    text = f"{Decimal(fen).scaleb(-6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class AreaField(forms.CharField):
    """Land as people write it, 30 (亩) or 20000平方米, kept in whole square metres."""

    def to_python(self, value: Any) -> Any:  # the base class types it so
        """Whole square metres, or nothing."""
        text = plain(super().to_python(value) or "")
        if not text:
            return None
        if (found := AREA.fullmatch(text)) is None:
            raise ValidationError(
                _("“%(text)s”不是能读懂的面积，请写成 30（亩）或 20000平方米"),
                params={"text": text},
            )
        metres = int(rounded(number(found[1]) * AREAS[found[2] or "亩"], 0))
        if metres > HUGE_AREA:
            raise ValidationError(_("面积大得不可能，请核对单位是否写错"))
        return metres

    def prepare_value(self, value: Any) -> Any:  # the base class types it so
        """亩 where that is exact, else square metres."""
        if not isinstance(value, int):
            return value
        mu = Fraction(value) / AREAS["亩"] * 100
        if mu.denominator != 1:
            return f"{value}平方米"
        return f"{Decimal(int(mu)).scaleb(-2).normalize():f}"


class ShareField(forms.CharField):
    """A share of the credit, 60 (per cent) or 1/3, kept exact."""

    def to_python(self, value: Any) -> Any:  # the base class types it so
        """An exact fraction, or nothing."""
        text = plain(super().to_python(value) or "")
        if not text:
            return None
        found = SHARE.fullmatch(text)
        if found is None or found[2] == "0":
            raise ValidationError(
                _("“%(text)s”不是能读懂的份额，请写成 60（百分数）或 1/3"), params={"text": text}
            )
        return number(found[1]) / int(found[2] or 100)

    def prepare_value(self, value: Any) -> Any:  # the base class types it so
        """Per cent where that is exact, else the fraction."""
        if not isinstance(value, Fraction):
            return value
        hundredths = value * 10_000
        if hundredths.denominator != 1:
            return f"{value.numerator}/{value.denominator}"
        return f"{Decimal(int(hundredths)).scaleb(-2).normalize():f}"


class DayField(forms.DateField):
    """A day, picked or typed as 2026-11-20."""

    def __init__(self, **kwargs: Any) -> None:  # what a field takes
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class ChosenField(forms.TypedChoiceField):
    """One of the records offered, by its key; the page offers them with one query for all fields."""

    def __init__(self, **kwargs: Any) -> None:  # what a field takes
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, options: list[tuple[int, str]], empty: str = "—") -> None:
        """Say what can be chosen."""
        self.choices = [("", empty), *options]


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files at once."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:  # the base class types it so
        """Every file given, in order."""
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class TickedField(forms.Field):
    """The keys of the rows that were ticked."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[int]:
        """Whole numbers, each once."""
        super().clean(value)
        if not all(str(one).isdecimal() and len(str(one)) < 19 for one in value):
            raise ValidationError(_("选中的记录不对，请刷新后再选"))
        return sorted({int(one) for one in value})


def asked_in(form: forms.Form, names: Sequence[str]) -> list[str]:
    """What an address asks of a list, in words, as far as it makes sense."""
    asked = [(form.fields[name], str(form.data[name])) for name in names if form.data.get(name)]
    return [f"{field.label} {_choices(field).get(text, text)}" for field, text in asked]


def _choices(field: forms.Field) -> dict[str, str]:
    return {str(key): str(label) for key, label in getattr(field, "choices", ())}


def texts_in(form: forms.Form, name: str) -> list[str]:
    """Every value that came under one name."""
    return form.data.getlist(name) if isinstance(form.data, QueryDict) else form.data.get(name, [])
