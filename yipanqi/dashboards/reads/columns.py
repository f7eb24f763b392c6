"""The columns in which every matter is told, whatever module it comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

Rows = QuerySet[Any]  # of any model, all with the columns below
COLUMNS = ("matter", "by_day", "about", "called", "detail", "answering")
PART = "\n"
"""Parts two words in one column."""

NOBODY = Value("", output_field=CharField())


@dataclass(frozen=True)
class Row:
    """One waiting matter as the database tells it."""

    matter: str
    day: date
    about: int
    called: str
    detail: str
    answers: str


def told(
    rows: Rows, matter: str, day: Any, *, about: str, called: str, detail: Any, answers: Any
) -> Rows:
    """The columns that all have, in the one order."""
    named = {
        "matter": Value(matter, output_field=TextField()),
        "by_day": Cast(day, DateField()),
        "about": Cast(F(about), BigIntegerField()),
        "called": Cast(F(called), TextField()),
        "detail": Cast(detail, TextField()),
        "answering": Cast(answers, TextField()),
    }
    columns: Rows = rows.order_by().annotate(**named).values_list(*COLUMNS)
    return columns
