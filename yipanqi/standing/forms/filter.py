"""What a list of projects is asked for."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.lists import NOTHING
from yipanqi.core.problems import Problem
from yipanqi.facts.projects.rules import Level, PartRole
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.columns import columns_of
from yipanqi.standing.reads.grouping import DIMENSIONS, LAMPS, PARTED
from yipanqi.standing.reads.listing import ANY, ONLY, Wanted
from yipanqi.standing.reads.nots import STALLED

SHORTEST = 2

DUE = [("late", _("已逾期")), ("week", _("七日内到期")), ("month", _("本月到期"))]
LACKS = [
    ("any", _("缺牵头或领导级别不够")),
    ("industry", _("缺行业部门牵头")),
    ("locality", _("缺属地牵头")),
    ("leader", _("包保领导级别不够")),
]
SHOWS = [("board", _("看板"))]

NARROWING = (
    *("q", "stage", "lamp", "unit", "not_yet", "due", "before", "role", "leader", "industry"),
    *("line", "lacks", "band", "level", "origin", "nature", "signed"),
)
ALWAYS = NARROWING[:4]
"""The questions that stand open on every screen; the others are folded away."""

SIGNED = re.compile(r"-|20\d\d(-(0[1-9]|1[0-2]))?")

Choices = Iterable[tuple[str, Any]]  # labels may be lazy


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
    due = forms.ChoiceField(label=_("期限"), required=False)
    before = forms.ChoiceField(label=_("尚未到达"), required=False)
    leader = forms.ChoiceField(label=_("包保领导"), required=False)
    line = forms.ChoiceField(label=_("战线"), required=False)
    lacks = forms.ChoiceField(label=_("缺牵头"), required=False)
    origin = forms.CharField(label=_("投资方所在地"), required=False, max_length=40)
    nature = forms.CharField(label=_("建设性质"), required=False, max_length=20)
    signed = forms.CharField(label=_("签约年月"), required=False, max_length=7)
    group = forms.ChoiceField(label=_("分组"), required=False)
    then = forms.ChoiceField(label=_("再分"), required=False)
    show = forms.ChoiceField(label=_("显示"), required=False, choices=SHOWS)
    cols = forms.CharField(label=_("列"), required=False, max_length=600)
    sort = forms.CharField(required=False, max_length=20)
    page = forms.CharField(required=False, max_length=9)

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        units: Iterable[tuple[int, str, str]],
        industries: list[str],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {column.key: column for column in columns_of(settings)}
        nothing = [(NOTHING, gettext("未填"))]
        self._offer(
            "stage", [(n.code, n.name) for n in settings.nodes] + [(NOTHING, _("尚无环节"))]
        )
        self._offer("lamp", [(colour.value, words) for colour, words in LAMPS.items()])
        nots = [(entry.code, entry.name) for entry in settings.not_yets]
        self._offer("not_yet", [*nots, (STALLED, _("未进展"))])
        self._offer("unit", [*((str(pk), name) for pk, name, _kind in units), *nothing])
        seats = [(str(pk), name) for pk, name, kind in units if kind == Kind.SEAT]
        self._offer("leader", [*seats, *nothing])
        self._offer("line", seats)
        self._offer("lacks", LACKS)
        self._offer("role", PartRole.choices)
        self._offer("industry", [(name, name) for name in industries] + nothing)
        bands = [(band.code, band.name) for band in settings.bands]
        alone = [
            (f"{ONLY}{code}", gettext("仅“%(band)s”这一档") % {"band": n}) for code, n in bands
        ]
        self._offer("band", [*bands, *alone, (NOTHING, gettext("未达档或未填"))])
        levels = [(value, label) for value, label in Level.choices if value]
        self._offer("level", [(ANY, _("各级重点")), *levels, (NOTHING, Level.NONE.label)])
        self._offer("due", DUE)
        self._offer("before", [(n.code, n.name) for n in settings.nodes])
        self._offer("group", DIMENSIONS.items())
        self._offer("then", DIMENSIONS.items())
        self._offer("show", SHOWS)
        self._hint("origin", _("所在地，如 广东"))
        self._hint("nature", _("建设性质"))
        self._hint("signed", _("签约年月，如 2026-05"))

    def _hint(self, name: str, words: Any) -> None:  # may be lazy
        self.fields[name].widget.attrs |= {"placeholder": words, "aria-label": words}

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

    def clean_signed(self) -> str:
        """A year or a month of it."""
        text: str = self.cleaned_data["signed"].strip()
        if text and not SIGNED.fullmatch(text):
            raise ValidationError(_("签约年月请写成 2026 或 2026-05"))
        return text

    def clean_cols(self) -> str:
        """Columns that the list knows, apart by commas, however they came."""
        asked = self.data.getlist("cols") if isinstance(self.data, QueryDict) else []
        keys = [key for part in asked for key in part.split(",") if key]
        if strange := [key for key in keys if key not in self.columns]:
            self.add_error("cols", _("没有这些列：%(keys)s") % {"keys": "、".join(strange)})
        return ",".join(key for key in keys if key in self.columns)

    def clean_then(self) -> str:
        """Another level than the first; units and leaders are not combined."""
        by, then = self.cleaned_data.get("group", ""), self.cleaned_data["then"]
        if then and by and (by == then or PARTED.issuperset((by, then))):
            raise ValidationError(_("这两项不能一起分组，请换一项"))
        return str(then) if by else ""

    def wanted(self) -> Wanted:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        unitless = asked.get("unit") == NOTHING
        return Wanted(
            text=asked.get("q", ""),
            unit_id=None if unitless else int(asked.get("unit") or 0) or None,
            unitless=unitless,
            **{name: asked.get(name, "") for name in NARROWING if name not in {"q", "unit"}},
        )

    @property
    def levels(self) -> tuple[str, str]:
        """By what the projects are grouped, and by what once more; or nothing."""
        asked = self.cleaned_data
        return str(asked.get("group", "")), str(asked.get("then", ""))

    @property
    def boarded(self) -> bool:
        """Whether the projects are shown as cards, each where it stands."""
        return self.cleaned_data.get("show") == "board"

    @property
    def kept(self) -> list[forms.BoundField]:
        """How the projects are shown: it stays when the questions change."""
        return [self[name] for name in ("sort", "group", "then", "show")]

    def said(self) -> list[tuple[str, str, str]]:
        """What is asked for, in words: the name of each question, its label and its answer."""
        asked = [(name, self.cleaned_data.get(name)) for name in NARROWING]
        return [
            (name, str(self.fields[name].label), self._in_words(name, value))
            for name, value in asked
            if value
        ]

    def _in_words(self, name: str, value: str) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

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
