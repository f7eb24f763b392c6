"""What is typed of tasks: which are asked for, what is set, adjusted, pledged, split."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Refused
from yipanqi.facts.targets.actions import Ground
from yipanqi.facts.targets.rules import Task
from yipanqi.org.models import Person
from yipanqi.place.models import Document
from yipanqi.place.rules import Indicator, Settings
from yipanqi.standing.forms.claims import chosen, offer, words
from yipanqi.standing.forms.fields import ChosenField, DayField
from yipanqi.standing.reads.pace import State
from yipanqi.standing.reads.tasks import Asked

FIRST_YEAR, LAST_YEAR = 2000, 2100
STATES = [
    (State.MET, gettext_lazy("全部完成")),
    (State.AHEAD, gettext_lazy("按进度")),
    (State.BEHIND, gettext_lazy("欠进度")),
    (State.NONE, gettext_lazy("没有任务")),
]


class YearForm(forms.Form):
    """The year and the day that tasks are looked at."""

    year = forms.IntegerField(
        label=gettext_lazy("年度"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    day = DayField(label=gettext_lazy("截至"), required=False)

    def at(self, today: date) -> date:
        """The day asked for; of another year its last day, and never a day to come."""
        self.is_valid()
        day: date = self.cleaned_data.get("day") or today
        year: int = self.cleaned_data.get("year") or day.year
        if year != day.year:
            day = date(year, 12, 31)
        return day if day <= today or day.year > today.year else today


class TargetFilter(YearForm):
    """Which tasks are asked for."""

    indicator = forms.ChoiceField(label=gettext_lazy("指标"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("完成情况"), required=False)

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        kinds: Sequence[tuple[str, Any]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator", [("", _("全部指标")), *((i.code, i.name) for i in indicators)])
        offer(self, "group", [("", _("全部类别")), *kinds])
        offer(self, "state", [("", _("全部情况")), *((s.value, str(label)) for s, label in STATES)])

    def asked(self) -> Asked:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        told = self.cleaned_data
        return Asked(**{name: told.get(name, "") for name in ("indicator", "group", "state")})


class GroundForm(forms.Form):
    """On what a task rests: a filed document with its clause, or words."""

    document = ChosenField(label=gettext_lazy("依据文件"), required=False)
    clause = forms.CharField(label=gettext_lazy("条款"), required=False, max_length=60)
    basis = forms.CharField(
        label=gettext_lazy("依据说明"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("文件还没有入库的，写文号"),
    )

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        documents: Sequence[Document],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.settings = settings
        self.documents = {one.pk: one for one in documents}
        chosen(self, "document").offer([(one.pk, str(one)) for one in documents])

    def clean(self) -> dict[str, Any]:
        """A task rests on something."""
        typed = super().clean() or {}
        if not typed.get("document") and not typed.get("basis"):
            self.add_error("basis", _("请选依据文件，或写明依据"))
        return typed

    def ground(self) -> Ground:
        """On what it rests."""
        typed = self.cleaned_data
        document = self.documents.get(typed["document"] or 0)
        return Ground(basis=typed["basis"], clause=typed["clause"], document=document)

    def kept(self, field: str, indicator: Indicator, text: str) -> int | None:
        """An amount typed in the indicator's unit, or the field's own complaint."""
        try:
            return indicator.kept(text)
        except Refused as refused:
            self.add_error(field, "；".join(problem.text for problem in refused.problems))
            return None


class PledgeForm(GroundForm):
    """One task of a unit, in the unit of its indicator."""

    indicator = forms.ChoiceField(label=gettext_lazy("指标"))
    amount = forms.CharField(
        label=gettext_lazy("任务数"),
        max_length=20,
        help_text=gettext_lazy("以指标的单位写，如 3 或 12000"),
    )

    field_order = (
        "indicator",
        "person",
        "amount",
        "issuer",
        "tier",
        "document",
        "clause",
        "basis",
        "reason",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        named = [(one.code, f"{one.name}（{one.unit}）") for one in self.settings.indicators]
        offer(self, "indicator", named)

    def clean(self) -> dict[str, Any]:
        """The amount as it is kept."""
        typed = super().clean()
        one = self.settings.indicator(typed.get("indicator", ""))
        if one and typed.get("amount"):
            typed["amount"] = self.kept("amount", one, typed["amount"])
        return typed

    def task(self, holder_id: int) -> Task:
        """What was typed, as a task of this unit."""
        typed = self.cleaned_data
        return Task(
            holder_id=holder_id,
            indicator=typed["indicator"],
            amount=typed["amount"],
            person_id=typed.get("person"),
        )


class TargetForm(PledgeForm):
    """One task set anew, of a unit or of a person in it; by whom and at which tier it was issued."""

    person = ChosenField(label=gettext_lazy("个人"), required=False)
    issuer = forms.CharField(
        label=gettext_lazy("下达单位"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("上级另下的任务写谁下的，如 省；本地自己的不写"),
    )
    tier = forms.CharField(
        label=gettext_lazy("档次"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("同一指标有几档时写，如 预期、工作、力争；平常的不写"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        widget=words(2),
        help_text=gettext_lazy("调整已下达的任务时必填"),
    )

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(person.pk, person.name) for person in people]
        chosen(self, "person").offer(options, empty=_("单位的任务"))

    def task(self, holder_id: int) -> Task:
        """What was typed, at its layer."""
        layer = {name: self.cleaned_data[name].strip() for name in ("issuer", "tier")}
        return replace(super().task(holder_id), **layer)


class SplitForm(GroundForm):
    """A unit's task in one indicator, a line for each person; an empty line leaves what stands."""

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        people: Sequence[Person],
        standing: dict[int, int],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        for person in people:
            amount = standing.get(person.pk)
            self.fields[f"person_{person.pk}"] = forms.CharField(
                label=person.name,
                required=False,
                max_length=20,
                initial=None if amount is None else indicator.told(amount).replace(",", ""),
            )
        self.people = [f"person_{person.pk}" for person in people]

    def lines(self) -> list[forms.BoundField]:
        """The fields of the people."""
        return [self[name] for name in self.people]

    def rest(self) -> list[forms.BoundField]:
        """What else is asked."""
        return [self[name] for name in self.fields if name not in self.people]

    def clean(self) -> dict[str, Any]:
        """Each amount as it is kept."""
        typed = super().clean()
        for name in self.people:
            if typed.get(name):
                typed[name] = self.kept(name, self.indicator, typed[name])
        return typed

    def amounts(self) -> dict[int, int]:
        """Who gets how much."""
        given = {name: self.cleaned_data.get(name) for name in self.people}
        return {
            int(name.removeprefix("person_")): amount
            for name, amount in given.items()
            if isinstance(amount, int)
        }
