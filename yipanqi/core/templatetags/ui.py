"""The few filters that templates know."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from yipanqi.core import numbers
from yipanqi.core.lists import Column, Look, Table, in_words

register = template.Library()


@register.filter
def money(fen: int | None) -> str:
    """3.6亿元, 1,200万元; a dash where no amount is known."""
    return numbers.money(fen)


@register.filter
def wan(fen: int | None) -> str:
    """An amount in 万元 without its unit: 8,640."""
    return "—" if fen is None else numbers.wan(fen)


@register.filter
def yuan(fen: int | None) -> str:
    """The exact amount, shown when the pointer rests on a rounded one."""
    if fen is None:
        return _("未填报")
    exact = numbers.grouped(Fraction(fen, numbers.FEN_PER_YUAN), 2)
    return _("%(amount)s元") % {"amount": exact}


@register.filter
def decimal(value: Fraction | None) -> str:
    """An exact value to two decimals, without needless noughts: 3.33."""
    return "—" if value is None else numbers.grouped(value, 2)


@register.filter
def pct(value: Fraction | None) -> str:
    """88.8%; a rate that does not exist is a dash."""
    return numbers.percent(value)


@register.filter
def share(value: Fraction | None) -> str:
    """A share of the whole without needless noughts: 60%."""
    return "—" if value is None else f"{numbers.grouped(value * 100, 2)}%"


@register.filter
def day(value: date | None) -> str:
    """2026-11-20."""
    return "—" if value is None else value.isoformat()


@register.filter
def brief(value: date | None, today: date) -> str:
    """A day of this year without its year: 05-09; of another year in full."""
    if value is None:
        return "—"
    return f"{value:%m-%d}" if value.year == today.year else value.isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in the place's own time: 2026-11-20 12:00."""
    return "—" if value is None else f"{localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's own input, dressed."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    else:
        look = "form-select" if isinstance(widget, Select) else "form-control"
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{look}{wrong}"})


@register.simple_tag
def cell(table: Table, column: Column, row: Any, today: date) -> SafeString:
    """What a column shows of a row, in a cell of its page's table."""
    value = column.value(row)
    text, title = _worded(value, column.look, today)
    if isinstance(value, tuple) and value:
        text = format_html_join(mark_safe("<br>"), "{}", ((one,) for one in value))
    elif colour := "r" if column.look is Look.LATE else getattr(value, "colour", ""):
        text = format_html('<span class="lamp {}">{}</span>', colour, text)
    elif column.url and text != "—":
        text = format_html('<a href="{}">{}</a>', column.url(row), text)
    small = table.under(column, row) if column.small else ""
    beneath = format_html("<small>{}</small>", small) if small else ""
    look = "main" if column.url else CELLS[column.look]
    classes = f"{look} k" if column.phone else look
    hint = format_html(' title="{}"', title) if title else ""
    return format_html('<td class="{}"{}>{}{}</td>', classes.strip(), hint, text, beneath)


CELLS = {
    Look.TEXT: "nowrap",
    Look.LONG: "long",
    Look.LAMP: "",
    Look.NUMBER: "num",
    Look.LATE: "nowrap",
    Look.MONEY: "num",
    Look.DAY: "nowrap",
}


def _worded(value: Any, look: Look, today: date) -> tuple[str, str]:
    """A value in words, and what the pointer finds behind them."""
    if look is Look.MONEY:
        return numbers.money(value), yuan(value)
    if look is Look.DAY:
        return brief(value, today), day(value) if value else ""
    if look is Look.LATE:
        return _("%(days)d 天") % {"days": value}, ""
    text = in_words(value)
    return text or "—", text if look is Look.LONG else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the few icons, from the one sheet; the words beside it say what it means."""
    sheet = static("vendor/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sheet, name
    )
