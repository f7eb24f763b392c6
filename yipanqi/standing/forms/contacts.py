"""What is typed about contacts with investors, and what a list of them is asked for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.problems import Problem
from yipanqi.facts.activities.actions import NewContact
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.org.models import Unit
from yipanqi.standing.forms.claims import OnceForm, chosen, words
from yipanqi.standing.forms.fields import ChosenField, DayField, TickedField
from yipanqi.standing.reads.contacts import Wanted

PERIOD = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?")
GROUPS = [("month", _("按月")), ("unit", _("按单位")), ("leader", _("按领导"))]
NARROWING = ("q", "kind", "unit", "person", "period", "project")


class ContactForm(OnceForm):
    """Who of ours met whom, when and how, what was said and what comes next."""

    unit = ChosenField(label=_("单位"))
    kind = forms.ChoiceField(
        label=_("接洽方式"), choices=ContactKind.choices, initial=ContactKind.VISIT
    )
    happened_on = DayField(label=_("日期"))
    investor = forms.CharField(
        label=_("对方单位"), max_length=120, help_text=_("企业或机构的全称，不写个人的电话")
    )
    place = forms.CharField(label=_("地点"), required=False, max_length=60)
    days = forms.DecimalField(
        label=_("天数"),
        required=False,
        min_value=0,
        max_value=90,
        decimal_places=1,
        help_text=_("外出几天，到半天，如 2.5；不写就不计天数"),
    )
    present = TickedField(
        label=_("我方参加"), error_messages={"required": _("请勾选我方参加的人，至少一位")}
    )
    text = forms.CharField(label=_("谈了什么"), max_length=2000, widget=words())
    result = forms.CharField(
        label=_("结果和下一步"), required=False, max_length=2000, widget=words(2)
    )
    project = ChosenField(label=_("有关项目"), required=False)

    def __init__(
        self,
        *args: Any,
        units: list[Unit],
        projects: list[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        chosen(self, "unit").offer([(unit.pk, unit.name) for unit in units])
        chosen(self, "project").offer(projects, gettext("还没有立项"))

    def clean_days(self) -> int:
        """In half days, the smallest part that counts."""
        halves = (self.cleaned_data["days"] or 0) * 2
        if halves != int(halves):
            raise ValidationError(_("天数到半天，请写成 2 或 2.5"))
        return int(halves)

    def new(self) -> NewContact:
        """What was typed, as it is reported."""
        typed = self.cleaned_data
        plain = ("kind", "happened_on", "investor", "place", "present", "text", "result")
        return NewContact(
            holder=self.units[typed["unit"]],
            project_id=typed["project"],
            half_days=typed["days"],
            **{name: typed[name] for name in plain},
        )


class CorrectForm(ContactForm):
    """How it really was, and why it was said otherwise before."""

    reason = forms.CharField(label=_("更正的理由"), max_length=200)


class ContactFilter(forms.Form):
    """Every question that a list of contacts answers; each stands in the address."""

    q = forms.CharField(label=_("文字"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("方式"), required=False)
    unit = ChosenField(label=_("单位"), required=False)
    person = ChosenField(label=_("领导"), required=False)
    period = forms.CharField(label=_("年月"), required=False, max_length=7)
    project = forms.IntegerField(label=_("项目"), required=False, min_value=1)
    group = forms.ChoiceField(label=_("分组"), required=False)
    page = forms.CharField(required=False, max_length=9)

    def __init__(
        self,
        *args: Any,
        units: list[tuple[int, str]],
        people: list[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("kind", ContactKind.choices), ("group", GROUPS)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", field.label), *options]
        chosen(self, "unit").offer(units, gettext("全部单位"))
        chosen(self, "person").offer(people, gettext("全部领导"))
        for name in ("kind", "unit", "person"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean_period(self) -> tuple[int | None, int | None]:
        """A year, or a month of one."""
        text = self.cleaned_data["period"]
        found = PERIOD.fullmatch(text)
        if text and found is None:
            raise ValidationError(_("年月请写成 2026 或 2026-05"))
        return (int(found[1]), int(found[2] or 0) or None) if found else (None, None)

    def wanted(self) -> Wanted:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        year, month = asked.get("period") or (None, None)
        return Wanted(
            text=asked.get("q", "").strip(),
            kind=asked.get("kind", ""),
            unit_id=asked.get("unit"),
            person_id=asked.get("person"),
            project_id=asked.get("project"),
            year=year,
            month=month,
        )

    @property
    def grouped_by(self) -> str:
        """By what the contacts are grouped, or nothing."""
        return str(self.cleaned_data.get("group", ""))

    @property
    def narrows(self) -> bool:
        """Whether anything at all is asked for."""
        return any(self.data.get(name) for name in NARROWING)

    def problems(self) -> list[Problem]:
        """What was asked for and cannot be meant; the list leaves it out."""
        return [
            Problem(text="；".join(map(str, errors)), where=str(self.fields[name].label or name))
            for name, errors in self.errors.items()
        ]


class ContactsQuery(ContactFilter):
    """Which contacts a program asks for, on which page; a question that cannot be meant is refused."""

    page = forms.IntegerField(  # type: ignore[assignment]  # pages leniently take any text
        label=_("页"), required=False, min_value=1, max_value=10**6
    )


class CheckForm(OnceForm):
    """The three things that a leader looks at in a paired project."""

    seat = ChosenField(label=_("包保领导"))
    happened_on = DayField(label=_("检查日期"))
    form = forms.CharField(label=_("形象进度"), max_length=2000, widget=words(2))
    funds = forms.CharField(label=_("资金情况"), max_length=2000, widget=words(2))
    problem = forms.CharField(
        label=_("存在问题"),
        required=False,
        max_length=2000,
        widget=words(2),
        help_text=_("没有就不填"),
    )

    def __init__(
        self,
        *args: Any,
        seats: list[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "seat").offer(seats)
