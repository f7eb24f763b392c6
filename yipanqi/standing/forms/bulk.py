"""Which projects are changed in one stroke, and to what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.rules import Level
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.claims import chosen
from yipanqi.standing.forms.fields import ChosenField, DayField
from yipanqi.standing.reads.bulk import Ask, Known
from yipanqi.standing.rules import What

HOSTS = frozenset({Kind.TOWNSHIP, Kind.ZONE, Kind.COUNTY})
WANTED: dict[What, tuple[str, ...]] = {
    What.INDUSTRY: ("industry",),
    What.LEVEL: (),
    What.LEAD: ("lead",),
    What.LANDING: ("landing",),
    What.LEADER: ("leader",),
    What.PLAN: ("node", "planned_on"),
}
"""What has to be said for each kind of change."""


class BulkForm(forms.Form):
    """What is set, and to what; what belongs to another kind of change is not looked at."""

    what = forms.ChoiceField(
        label=gettext_lazy("改什么"), choices=What.choices, widget=forms.RadioSelect
    )
    industry = forms.CharField(label=gettext_lazy("产业"), max_length=40, required=False)
    level = forms.ChoiceField(label=gettext_lazy("重点级别"), choices=Level.choices, required=False)
    lead = ChosenField(label=gettext_lazy("责任单位"), required=False)
    person = ChosenField(label=gettext_lazy("责任人"), required=False)
    landing = ChosenField(label=gettext_lazy("落地单位"), required=False)
    leader = ChosenField(label=gettext_lazy("包保领导"), required=False)
    node = forms.ChoiceField(label=gettext_lazy("环节"), required=False)
    planned_on = DayField(label=gettext_lazy("计划日期"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("写进每个项目的台账，例如：2026 年分工调整"),
    )
    of = forms.CharField(required=False, max_length=8_000, widget=forms.HiddenInput)
    projects = forms.CharField(max_length=40_000, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=80_000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        units: Sequence[Unit],
        people: Sequence[tuple[int, int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {(person, unit) for person, unit, _label in people}
        offered = {
            "lead": [(u.pk, u.name) for u in units if u.kind != Kind.SEAT],
            "landing": [(u.pk, u.name) for u in units if u.kind in HOSTS],
            "leader": [(u.pk, u.name) for u in units if u.kind == Kind.SEAT],
            "person": list({person: (person, label) for person, _u, label in people}.values()),
        }
        for name, options in offered.items():
            chosen(self, name).offer(options)
        field = self.fields["node"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((node.code, node.name) for node in settings.nodes)]

    def clean_projects(self) -> list[int]:
        """Keys of projects, apart by commas."""
        keys = self.cleaned_data["projects"].split(",")
        if not all(key.isdecimal() and len(key) < 19 for key in keys):
            raise forms.ValidationError(_("选中的项目不对，请回到清单重新选择"))
        return sorted({int(key) for key in keys})

    def clean_shown(self) -> dict[int, str]:
        """What was shown of each project, as marks; nothing before anything was."""
        pairs = [one.split(":") for one in self.cleaned_data["shown"].split(",") if one]
        if not all(len(pair) == 2 and pair[0].isdecimal() and len(pair[0]) < 19 for pair in pairs):
            raise forms.ValidationError(_("预览的内容不完整，请重新预览"))
        return {int(key): mark for key, mark in pairs}

    def clean(self) -> dict[str, Any]:
        """What the kind of change needs is there; a responsible person serves in the unit."""
        typed = super().clean() or {}
        for name in WANTED.get(What(typed["what"]), ()) if typed.get("what") else ():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("请填写，这是要改成的内容"))
        person, lead = typed.get("person"), typed.get("lead")
        if typed.get("what") == What.LEAD and person and (person, lead) not in self.posts:
            self.add_error("person", _("这个人不在所选的责任单位任职"))
        return typed

    def ask(self) -> Ask:
        """What every project is to become."""
        typed = self.cleaned_data
        what = What(typed["what"])
        node = typed["node"] if what is What.PLAN else ""
        return Ask(what, node, dict.fromkeys(typed["projects"], self._target(what)))

    def _target(self, what: What) -> Known:
        typed = self.cleaned_data
        if what in (What.INDUSTRY, What.LEVEL):
            return str(typed[what.value]).strip()
        if what is What.PLAN:
            day: date = typed["planned_on"]
            return day.isoformat()
        person = typed["person"] if what is What.LEAD else None
        return [[typed[what.value], person, 1, 1]]


def refuse_unseen(typed: Mapping[str, Any]) -> None:
    """Nothing is changed that was not looked at."""
    if not typed["shown"]:
        raise refuse(_("请先看一遍预览再确认"), where=_("预览"))
