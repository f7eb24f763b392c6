"""Figures of other places: one typed, or rows pasted from a table."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.place.rules import Indicator
from yipanqi.standing.forms.fields import DayField, checked

PASTED = (
    *("holder", "peers", "indicator", "year", "month", "value", "unit", "source"),
    "said_on",
)


class FigureForm(forms.Form):
    """What a source tells of another place."""

    holder = forms.CharField(label=_("单位"), max_length=60, help_text=_("邻近的市、县，或同类县"))
    peers = forms.CharField(
        label=_("分组"),
        max_length=40,
        required=False,
        help_text=_("如 周边城市、山区县；同组排名次"),
    )
    indicator = forms.CharField(
        label=_("指标"), max_length=60, help_text=_("本地指标的名称或代码，或另写一个名称")
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    month = forms.IntegerField(
        label=_("截至月份"), min_value=1, max_value=12, help_text=_("1—10 月累计写 10，全年写 12")
    )
    value = forms.DecimalField(label=_("数值"), max_digits=18, decimal_places=4)
    unit = forms.CharField(label=_("计量单位"), max_length=20, help_text=_("亿元、万元、个、条"))
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("哪份公报、通报、报道"))
    said_on = DayField(label=_("来源日期"))

    def told(self, indicators: list[Indicator]) -> Told:
        """What was typed, an indicator of ours under its code; refuses what cannot be meant."""
        typed = checked(self)
        codes = {one.name: one.code for one in indicators}
        value = typed.pop("value")
        return Told(
            indicator=codes.get(typed["indicator"], typed.pop("indicator")),
            period=Period(typed.pop("year"), typed.pop("month")),
            value=Fraction(value),
            **{name: typed[name] for name in ("holder", "peers", "unit", "source", "said_on")},
        )


class PasteForm(forms.Form):
    """Rows copied from a table, a figure each."""

    rows = forms.CharField(
        label=_("从表格复制的行"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("依次是：单位、分组、指标、年度、截至月份、数值、计量单位、来源、来源日期"),
    )

    def told(self, indicators: list[Indicator]) -> list[Told]:
        """Every row as a figure; refuses with what is wrong in any of them, by its line."""
        lines = [line for line in checked(self)["rows"].splitlines() if line.strip()]
        first = lines[0].split("\t")[0].strip()
        if first == str(FigureForm.base_fields["holder"].label):
            lines = lines[1:]
        found: list[Told] = []
        problems: list[Problem] = []
        for number, line in enumerate(lines, start=1):
            try:
                found.append(FigureForm(_cells(line)).told(indicators))
            except Refused as refused:
                where = gettext("第 %(number)s 行") % {"number": number}
                problems += [
                    Problem(text=p.text, where=f"{where} {p.where}") for p in refused.problems
                ]
        if problems or not found:
            raise Refused(problems or [Problem(text=gettext("没有数据，请粘贴至少一行"))])
        return found


def _cells(line: str) -> dict[str, Any]:
    """The cells of a row under their names; numbers without the commas between thousands."""
    cells = dict(zip(PASTED, (cell.strip() for cell in line.split("\t")), strict=False))
    cells["value"] = cells.get("value", "").replace(",", "").replace("，", "")
    return cells
