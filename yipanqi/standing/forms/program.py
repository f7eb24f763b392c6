"""What programs ask of the register: the questions of the list page, and a few more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.lists import NOTHING, PER_PAGE
from yipanqi.facts.projects.rules import PartRole
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.filter import ListFilter
from yipanqi.standing.reads.columns import COLUMNS
from yipanqi.standing.reads.sums import DIMENSIONS

MOST = 100
SKIP = "skip"
"""What a program writes that answers itself for having looked for doubles."""

SORTS = [f"{sign}{column.key}" for column in COLUMNS if column.field for sign in ("", "-")]


class ProjectsQuery(ListFilter):
    """Which projects a program asks for; a question that cannot be meant is refused."""

    def __init__(self, *args: Any, settings: Settings, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, settings=settings, units=[], industries=[], **kwargs)
        for name in ("unit", "industry", "leader", "line"):
            asked = self.data.get(name)
            self._offer(name, [(asked, asked)] if asked else [])

    def clean_unit(self) -> str:
        """A unit by its number."""
        unit: str = self.cleaned_data["unit"]
        if unit and unit != NOTHING and not (unit.isdecimal() and len(unit) < 19):
            raise ValidationError(_("单位要写编号，是一个整数"))
        return unit

    def clean_leader(self) -> str:
        """A leader's seat by its number."""
        seat: str = self.cleaned_data["leader"]
        if seat and seat != NOTHING and not (seat.isdecimal() and len(seat) < 19):
            raise ValidationError(_("包保领导要写编号，是一个整数"))
        return seat

    def clean_line(self) -> str:
        """The leader's seat whose line is asked for, by its number."""
        seat: str = self.cleaned_data["line"]
        if seat and not (seat.isdecimal() and len(seat) < 19):
            raise ValidationError(_("战线要写县领导岗位的编号，是一个整数"))
        return seat

    def clean_q(self) -> str:
        """Programs may ask for a single character."""
        return str(self.cleaned_data["q"]).strip()


class ListQuery(ProjectsQuery):
    """The same, in which order and on which page."""

    page = forms.IntegerField(  # type: ignore[assignment]  # pages leniently take any text
        label=gettext_lazy("页"), required=False, min_value=1, max_value=10**6
    )
    page_size = forms.IntegerField(
        label=gettext_lazy("每页条数"), required=False, min_value=1, max_value=MOST
    )

    def clean_sort(self) -> str:
        """A column by its key, downwards with a minus before it."""
        sort: str = self.cleaned_data["sort"]
        if sort and sort not in SORTS:
            raise ValidationError(_("不能这样排序，可用：") + "、".join(SORTS))
        return sort

    @property
    def size(self) -> int:
        """How many projects make a page."""
        return self.cleaned_data.get("page_size") or PER_PAGE


class SumsQuery(ProjectsQuery):
    """The same, counted and added up in groups."""

    by = forms.CharField(label=gettext_lazy("分组"), required=False, max_length=60)

    def clean_by(self) -> tuple[str, ...]:
        """One or several dimensions, apart by commas, each once."""
        asked = (self.cleaned_data["by"] or "unit,stage").split(",")
        if len(set(asked)) < len(asked) or not set(asked) <= DIMENSIONS.keys():
            raise ValidationError(_("不能这样分组，可用：") + "、".join(DIMENSIONS))
        return tuple(asked)

    @property
    def part(self) -> str:
        """In which part a unit counts a project; as its host where nothing is said."""
        return self.cleaned_data.get("role") or PartRole.LANDING


class ConfirmForm(forms.Form):
    """A program has seen the doubts about what it registers, or answers for having looked itself."""

    confirmed = forms.CharField(
        label=gettext_lazy("确认"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("上一次回答里的 seal；已自行查重的写 skip"),
    )


class PageQuery(forms.Form):
    """Which page of a list a program asks for."""

    page = forms.IntegerField(
        label=gettext_lazy("页"), required=False, min_value=1, max_value=10**6
    )


class NotsQuery(PageQuery):
    """Which of the nots a program asks for, and of which unit."""

    code = forms.CharField(label=gettext_lazy("五未"), required=False, max_length=40)
    unit = forms.IntegerField(label=gettext_lazy("单位"), required=False, min_value=1)
