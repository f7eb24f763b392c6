"""A year's plan, a line for each rule; and a table of tasks pasted from a spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.targets.rules import PlanLine, Task
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Indicator
from yipanqi.standing.forms.claims import offer, words
from yipanqi.standing.forms.targets import FIRST_YEAR, LAST_YEAR, GroundForm

SPARE = 3
"""So many empty lines a plan is shown with."""

COLUMNS = (gettext_lazy("单位"), gettext_lazy("指标"), gettext_lazy("任务数"))


class YearGroundForm(GroundForm):
    """What is set for a whole year."""

    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class PlanForm(YearGroundForm):
    """Lines: who (a kind of unit or one unit), from which rank to which, what, how much."""

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        standing: Sequence[PlanLine] = (),
        rows: int = 0,
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = max(rows, len(standing) + SPARE)
        kinds = list(dict.fromkeys(unit.kind for unit in units))
        who = [("", "—"), *((f"kind:{kind}", str(Kind(kind).label)) for kind in kinds)]
        who += [(f"unit:{unit.pk}", unit.name) for unit in units]
        named = [(one.code, f"{one.name}（{one.unit}）") for one in self.settings.indicators]
        for row in range(1, self.rows + 1):
            held = standing[row - 1] if row <= len(standing) else None
            self._row(row, who, [("", "—"), *named], self._initial(held))

    def _initial(self, line: PlanLine | None) -> dict[str, Any]:
        if line is None:
            return {}
        one = self.settings.indicator(line.indicator)
        return {
            "who": f"kind:{line.kind}" if line.kind else f"unit:{line.unit_id}",
            "first": line.first,
            "last": line.last,
            "persons": line.persons,
            "indicator": line.indicator,
            "amount": one.told(line.amount).replace(",", "") if one else None,
        }

    def _row(
        self,
        row: int,
        who: list[tuple[str, str]],
        named: list[tuple[str, str]],
        held: Mapping[str, Any],
    ) -> None:
        made: dict[str, forms.Field] = {
            "who": forms.ChoiceField(label=_("给谁"), required=False),
            "first": forms.IntegerField(label=_("从第几位"), required=False, min_value=1),
            "last": forms.IntegerField(label=_("到第几位"), required=False, min_value=1),
            "persons": forms.BooleanField(label=_("到人"), required=False),
            "indicator": forms.ChoiceField(label=_("指标"), required=False),
            "amount": forms.CharField(label=_("任务数"), required=False, max_length=20),
        }
        for name, field in made.items():
            field.initial = held.get(name)
            field.widget.attrs["aria-label"] = f"{field.label} {row}"
            self.fields[f"{name}_{row}"] = field
        offer(self, f"who_{row}", who)
        offer(self, f"indicator_{row}", named)

    def table(self) -> list[list[forms.BoundField]]:
        """The fields of each line."""
        names = ("who", "first", "last", "persons", "indicator", "amount")
        return [[self[f"{name}_{row}"] for name in names] for row in range(1, self.rows + 1)]

    def head(self) -> list[forms.BoundField]:
        """What is asked of the whole plan."""
        return [self[name] for name in ("year", "document", "clause", "basis")]

    def clean(self) -> dict[str, Any]:
        """A line is whole or empty."""
        typed = super().clean()
        for row in range(1, self.rows + 1):
            names = [f"{name}_{row}" for name in ("who", "indicator", "amount")]
            said = [name for name in names if typed.get(name)]
            for name in set(names) - set(said) if said else ():
                self.add_error(name, _("这一行没有写全"))
            one = self.settings.indicator(typed.get(f"indicator_{row}", ""))
            if one and len(said) == len(names):
                typed[names[2]] = self.kept(names[2], one, typed[names[2]])
        return typed

    def lines(self) -> list[PlanLine]:
        """The rules that were typed."""
        return [line for row in range(1, self.rows + 1) if (line := self._line(row))]

    def _line(self, row: int) -> PlanLine | None:
        typed = {name: self.cleaned_data.get(f"{name}_{row}") for name in ("who", "first", "last")}
        if not typed["who"]:
            return None
        what, _colon, key = str(typed["who"]).partition(":")
        return PlanLine(
            kind=key if what == "kind" else "",
            unit_id=int(key) if what == "unit" else None,
            first=typed["first"],
            last=typed["last"],
            persons=bool(self.cleaned_data.get(f"persons_{row}")),
            indicator=self.cleaned_data[f"indicator_{row}"],
            amount=self.cleaned_data[f"amount_{row}"],
        )


class PasteForm(YearGroundForm):
    """Rows copied from a spreadsheet: unit, indicator, amount, apart by tabs."""

    text = forms.CharField(
        label=gettext_lazy("从表格复制的行"),
        max_length=200_000,
        strip=False,
        widget=words(10),
        help_text=gettext_lazy("三列：单位、指标、任务数；指标写名称或代码，任务数以指标的单位写"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("有调整已下达的任务时必填"),
    )

    field_order = ("year", "document", "clause", "basis", "text", "reason")

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.name: unit for unit in units}
        both = [(key, one) for one in self.settings.indicators for key in (one.name, one.code)]
        self.named: dict[str, Indicator] = dict(both)

    def tasks(self) -> list[Task]:
        """What the rows say; refuses with every row that cannot be meant."""
        problems: list[Problem] = []
        tasks: list[Task] = []
        for number, line in enumerate(self.cleaned_data["text"].splitlines(), start=1):
            cells = [cell.strip() for cell in line.split("\t")]
            if not any(cells) or cells[0] == str(COLUMNS[0]):
                continue
            try:
                tasks.append(self._task(cells))
            except Refused as refused:
                where = _("第 %(number)s 行") % {"number": number}
                problems += [Problem(text=p.text, where=where) for p in refused.problems]
        if problems:
            raise Refused(problems)
        return tasks

    def _task(self, cells: list[str]) -> Task:
        if len(cells) < len(COLUMNS):
            raise Refused([Problem(text=_("要有三列：单位、指标、任务数"))])
        unit, one = self.units.get(cells[0]), self.named.get(cells[1])
        if unit is None:
            raise Refused([Problem(text=_("没有“%(name)s”这个单位") % {"name": cells[0]})])
        if one is None:
            raise Refused([Problem(text=_("没有“%(name)s”这个指标") % {"name": cells[1]})])
        return Task(holder_id=unit.pk, indicator=one.code, amount=one.kept(cells[2]))
