"""What a list of projects is asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.lists import NOTHING
from yipanqi.core.problems import Problem
from yipanqi.facts.projects.rules import Level, PartRole
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.listing import Wanted
from yipanqi.standing.reads.nots import STALLED

SHORTEST = 2

LAMPS = [("r", _("红灯")), ("y", _("黄灯")), ("g", _("绿灯")), ("n", _("无灯"))]
GROUPS = [("stage", _("按环节")), ("unit", _("按单位")), ("industry", _("按产业"))]

NARROWING = ("q", "stage", "lamp", "not_yet", "unit", "role", "industry", "band", "level")

Choices = list[tuple[str, Any]]  # labels may be lazy


class ListFilter(forms.Form):
    """Every question that a list of projects answers; each stands in the address."""

    q = forms.CharField(label=_("文字"), required=False, max_length=60)
    stage = forms.ChoiceField(label=_("环节"), required=False)
    lamp = forms.ChoiceField(label=_("灯"), required=False)
    not_yet = forms.ChoiceField(label=_("五未"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    role = forms.ChoiceField(label=_("参与方式"), required=False)
    industry = forms.ChoiceField(label=_("产业"), required=False)
    band = forms.ChoiceField(label=_("规模"), required=False)
    level = forms.ChoiceField(label=_("级别"), required=False)
    group = forms.ChoiceField(label=_("分组"), required=False)
    sort = forms.CharField(required=False, max_length=20)
    page = forms.CharField(required=False, max_length=9)

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        units: list[tuple[int, str]],
        industries: list[str],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        nothing = [(NOTHING, gettext("未填"))]
        self._offer(
            "stage", [(n.code, n.name) for n in settings.nodes] + [(NOTHING, _("尚无环节"))]
        )
        self._offer("lamp", LAMPS)
        nots = [(entry.code, entry.name) for entry in settings.not_yets]
        self._offer("not_yet", [*nots, (STALLED, _("未进展"))])
        self._offer("unit", [(str(pk), name) for pk, name in units])
        self._offer("role", PartRole.choices)
        self._offer("industry", [(name, name) for name in industries] + nothing)
        self._offer("band", [(band.code, band.name) for band in settings.bands])
        self._offer("level", [(value, label) for value, label in Level.choices if value])
        self._offer("group", GROUPS)

    def _offer(self, name: str, options: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", field.label), *options]
        field.widget.attrs["aria-label"] = field.label

    def clean_q(self) -> str:
        """A single character finds half of the register and so nothing."""
        text: str = self.cleaned_data["q"].strip()
        if text and len(text) < SHORTEST:
            raise ValidationError(_("一个字太少，请至少输入名称中连续的两个字"))
        return text

    def wanted(self) -> Wanted:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            text=asked.get("q", ""),
            unit_id=int(asked.get("unit") or 0) or None,
            **{name: asked.get(name, "") for name in NARROWING if name not in {"q", "unit"}},
        )

    @property
    def grouped_by(self) -> str:
        """By what the projects are grouped, or nothing."""
        return str(self.cleaned_data.get("group", ""))

    @property
    def narrows(self) -> bool:
        """Whether anything at all is asked for."""
        return self.is_bound and any(self.data.get(name) for name in NARROWING)

    def problems(self) -> list[Problem]:
        """What was asked for and cannot be meant; the list leaves it out."""
        return [
            Problem(text="；".join(map(str, errors)), where=str(self.fields[name].label or name))
            for name, errors in self.errors.items()
        ]
