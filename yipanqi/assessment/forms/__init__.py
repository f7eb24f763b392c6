"""What comes in: a method's page, figures to try it on, the point from which scores are seen."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.reads.entering import Table as Told
from yipanqi.assessment.rules.entering import Entered, read_cells, read_sheet, rows_in
from yipanqi.assessment.rules.tables import Table, read_table
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused, refuse
from yipanqi.facts.outside.rules import Told as Figure
from yipanqi.standing.forms.place import LARGEST, even


class MethodForm(forms.Form):
    """A page of method and, instead of what the place has counted, figures to try it on."""

    text = forms.CharField(
        label=_("办法"),
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false", "data-editor": ""}),
        required=False,
        strip=False,
    )
    figures = forms.CharField(
        label=_("试算用的数"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
        strip=False,
        help_text=_(
            "从 Excel 粘贴：第一列单位，可以有一列“组”，其余每列一个指标。空着就用系统里今天的数。"
        ),
    )


class WorkbenchForm(MethodForm):
    """The same as it is written in the browser: from files too, with what was previewed."""

    file = forms.FileField(label=_("上传办法文件"), required=False)
    figures_file = forms.FileField(label=_("上传指标表（Excel 或 csv）"), required=False)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def typed(self) -> dict[str, str]:
        """The page and the figures that are meant, from files where there are some."""
        return {"text": self._page(), "figures": self._figures()}

    def _page(self) -> str:
        upload = self.cleaned_data["file"]
        if upload is None:
            return even(str(self.cleaned_data["text"]))
        if upload.size > LARGEST:
            raise refuse(gettext("文件超过 1 MB，不像一份考核办法，请核对"), where=upload.name)
        try:
            return even(bytes(upload.read()).decode("utf-8-sig"))
        except UnicodeDecodeError:
            text = gettext("不是 UTF-8 文本，请用记事本“另存为”UTF-8 后再上传")
            raise refuse(text, where=upload.name) from None

    def _figures(self) -> str:
        upload = self.cleaned_data["figures_file"]
        if upload is None:
            return str(self.cleaned_data["figures"])
        table = read_table(bytes(upload.read()), name=upload.name)
        rows = ("\t".join(" ".join(cell.split()) for cell in row) for row in table)
        return "\n".join(rows)


class PointForm(forms.Form):
    """From where a score is seen: a day, an entry of the ledger, one of the place's methods."""

    day = forms.DateField(label=_("截至日期"), required=False)
    seq = forms.IntegerField(label=_("账本序号"), required=False, min_value=1)
    method = forms.CharField(label=_("办法代号"), required=False, max_length=20)
    group = forms.CharField(required=False)


MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class MonthForm(forms.Form):
    """Which method's figures, up to which month."""

    method = forms.CharField(
        label=_("办法代号"), required=False, max_length=20, widget=forms.HiddenInput
    )
    month = forms.CharField(
        label=_("截至月份"), required=False, max_length=7, help_text=_("如 2026-10")
    )

    def clean_month(self) -> date | None:
        """Its first day, or nothing."""
        text = self.cleaned_data["month"]
        found = MONTH.fullmatch(text)
        if text and found is None:
            raise forms.ValidationError(gettext("月份请写成 2026-10"))
        return date(int(found[1]), int(found[2]), 1) if found else None


class TellForm(MonthForm):
    """From which source figures come, why they correct others, and a sheet of them where there is one."""

    source = forms.CharField(
        label=_("来源"), max_length=120, help_text=_("如 县统计局 10 月月报、调查队")
    )
    said_on = forms.DateField(
        label=_("来源日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("更正理由"), max_length=200, required=False, help_text=_("更正填过的数时必填")
    )
    text = forms.CharField(
        label=_("从表格粘贴"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("第一行是列名，第一列是单位；空着的格不填"),
    )
    file = forms.FileField(label=_("或上传表格（xlsx、csv）"), required=False)
    sheet: Table | None = None

    def clean(self) -> dict[str, Any]:
        """The month is known by now, and a file can be read."""
        typed = super().clean() or {}
        if not typed.get("month"):
            self.add_error("month", gettext("请写明截至月份"))
        if upload := typed.get("file"):
            try:
                self.sheet = read_table(upload.read(), name=upload.name)
            except Refused as refused:
                self.add_error("file", str(refused))
        return typed

    @property
    def has_sheet(self) -> bool:
        """Whether a sheet was pasted or uploaded."""
        return self.sheet is not None or bool(self.cleaned_data.get("text", "").strip())

    def rows(self) -> Table:
        """The rows of the sheet."""
        return self.sheet if self.sheet is not None else rows_in(self.cleaned_data["text"])

    def told(
        self, table: Told | None, typed: Mapping[str, str]
    ) -> tuple[list[Figure], Entered, str]:
        """What was typed, pasted or uploaded, as figures; refuses with every cell that is wrong."""
        known = checked(self)
        if table is None or not table.units:
            raise refuse(gettext("这份办法里没有由你的单位填报的数"))
        if self.has_sheet:
            entered = read_sheet(self.rows(), table.units, table.names)
        else:
            entered = read_cells(table.texts(typed), table.units)
        problems = list(entered.problems)
        if not problems and not entered.cells:
            problems = [Problem(text=gettext("没有数，请至少填一个"))]
        if problems:
            raise Refused(problems)
        figures = table.told(entered.cells, source=known["source"], said_on=known["said_on"])
        return figures, entered, known["reason"]

    @property
    def sheet_text(self) -> str:
        """The sheet as it would be pasted, so that what was seen is what is written."""
        return "\n".join("\t".join(row) for row in self.rows())


class GoneForm(forms.Form):
    """Why a figure is taken off."""

    reason = forms.CharField(label=_("撤下的理由"), max_length=200)
