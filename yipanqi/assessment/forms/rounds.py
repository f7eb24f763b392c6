"""What comes in to open a round of judging, from what a method asks."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.reads.judging import (
    holders_of,
    judgeable,
    judged_blocks,
    named_rounds,
    self_blocks,
)
from yipanqi.assessment.reads.live import Live
from yipanqi.assessment.rules.periods import Period
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.judging.rules import Asked, Block, NewRound, Side, Way
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind
from yipanqi.standing.forms.claims import OnceForm, chosen, offer, words
from yipanqi.standing.forms.fields import ChosenField, DayField
from yipanqi.standing.forms.rounds import PointsField

ITEMS, SIDES = 5, 4
"""So many lines a rating is shown with."""


class RoundForm(OnceForm):
    """A round of judging as it is opened, from what the method asks; each way adds its own."""

    way: ClassVar[Way]
    name = forms.CharField(label=_("名称"), max_length=60)
    period = forms.CharField(
        label=_("评分时段"), max_length=7, help_text=_("2026、2026H1、2026Q3 或 2026-07")
    )
    opens_on = DayField(label=_("开始日期"))
    due_on = DayField(label=_("截止日期"))
    document = ChosenField(label=_("依据文件"), required=False)
    clause = forms.CharField(label=_("条款"), max_length=60, required=False)

    def __init__(
        self,
        *args: Any,
        scored: Live,
        units: Sequence[Unit],
        documents: Sequence[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scored, self.units = scored, units
        chosen(self, "document").offer(list(documents))
        self.prepare()

    def prepare(self) -> None:
        """Offer what can be chosen."""

    def clean_period(self) -> Period:
        """The period that is called so."""
        try:
            return Period.read(self.cleaned_data["period"].strip())
        except Refused as refused:
            raise forms.ValidationError(refused.problems[0].text) from None

    def blocks(self) -> tuple[Block, ...]:
        """Who is judged, for what."""
        raise NotImplementedError

    def sides(self) -> tuple[Side, ...]:
        """Who judges."""
        raise NotImplementedError

    def more(self) -> dict[str, Any]:
        """What else this way asks."""
        return {}

    def new(self) -> NewRound:
        """The round that was typed."""
        typed = self.cleaned_data
        period: Period = typed["period"]
        return NewRound(
            way=self.way,
            name=typed["name"].strip(),
            first_on=period.first,
            last_on=period.last,
            opens_on=typed["opens_on"],
            due_on=typed["due_on"],
            blocks=self.blocks(),
            sides=self.sides(),
            **self.more(),
        )


class JudgedRoundForm(RoundForm):
    """An office judges items of the method."""

    way = Way.JUDGED
    office = ChosenField(label=_("由谁评定"))
    items = forms.MultipleChoiceField(label=_("评哪几项"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """The judged items of the method with their bounds and groups."""
        chosen(self, "office").offer([(unit.pk, unit.name) for unit in self.units])
        known = judgeable(self.scored.method).items()
        options = [(i, f"{i}（{j.asked.bounds}，{'、'.join(j.groups)}）") for i, j in known]
        offer(self, "items", options)

    def blocks(self) -> tuple[Block, ...]:
        """The chosen items where they count."""
        return judged_blocks(self.scored, self.cleaned_data["items"])

    def sides(self) -> tuple[Side, ...]:
        """The office."""
        return (Side("", 100, (self.cleaned_data["office"],)),)


class SelfRoundForm(RoundForm):
    """Holders score themselves."""

    way = Way.SELF

    def blocks(self) -> tuple[Block, ...]:
        """All items of all groups."""
        return self_blocks(self.scored)

    def sides(self) -> tuple[Side, ...]:
        """Everybody for itself."""
        return (Side("", 100, tuple(one.pk for one in self.scored.holders.values())),)


class GroupRoundForm(RoundForm):
    """A round about one group of the method."""

    group = forms.ChoiceField(label=_("评谁"))

    def prepare(self) -> None:
        """The groups of the method, and how it calls such rounds."""
        groups = [group.group for group in self.scored.method.groups]
        offer(self, "group", [(name, name) for name in groups])
        if names := named_rounds(self.scored.method, self.way):
            text = gettext("办法里用的名称：%(names)s") % {"names": "、".join(names)}
            self.fields["name"].help_text = text
            self.fields["name"].initial = names[0]

    def whom(self, items: Iterable[Asked]) -> tuple[Block, ...]:
        """The holders of the group."""
        group = self.cleaned_data["group"]
        return (Block(group, holders_of(self.scored, group), tuple(items)),)


class RatingRoundForm(GroupRoundForm):
    """Sides of raters give points for a few items."""

    way = Way.RATING
    names_shown = forms.BooleanField(label=_("招商部门能看各家评分"), required=False)

    def prepare(self) -> None:
        """Lines for items with their highest points, lines for sides with their weights."""
        super().prepare()
        kinds = [("", "—"), *((kind, Kind(kind).label) for kind in self._kinds())]
        for row in range(1, ITEMS + 1):
            self._line(f"item_{row}", forms.CharField(label=_("评分项"), max_length=40))
            self._line(f"highest_{row}", PointsField(label=_("最高分")))
        for row in range(1, SIDES + 1):
            self._line(f"who_{row}", forms.ChoiceField(label=_("哪一类单位"), choices=kinds))
            weight = forms.IntegerField(label=_("权重（%）"), min_value=1, max_value=100)
            self._line(f"weight_{row}", weight)

    def _kinds(self) -> list[str]:
        return list(dict.fromkeys(unit.kind for unit in self.units if unit.kind != Kind.PLACE))

    def _line(self, name: str, field: forms.Field) -> None:
        field.required = False
        field.widget.is_required = False
        field.widget.attrs["aria-label"] = f"{field.label} {name.rpartition('_')[2]}"
        self.fields[name] = field

    def tables(self) -> list[tuple[list[str], list[list[forms.BoundField]]]]:
        """For the page: the lines of items, the lines of sides, each under its heads."""
        pairs = ((("item", "highest"), ITEMS), (("who", "weight"), SIDES))
        return [
            (
                [str(self.fields[f"{name}_1"].label) for name in names],
                [[self[f"{name}_{row}"] for name in names] for row in range(1, rows + 1)],
            )
            for names, rows in pairs
        ]

    def blocks(self) -> tuple[Block, ...]:
        """The group, each of it for the items that were typed."""
        typed = self.cleaned_data
        rows = [row for row in range(1, ITEMS + 1) if typed[f"item_{row}"]]
        return self.whom(
            Asked(typed[f"item_{row}"].strip(), 0, typed[f"highest_{row}"] or 0) for row in rows
        )

    def sides(self) -> tuple[Side, ...]:
        """The units of each chosen kind; a side alone weighs all."""
        typed = self.cleaned_data
        rows = [row for row in range(1, SIDES + 1) if typed[f"who_{row}"]]
        alone = 100 if len(rows) == 1 else 0
        return tuple(
            Side(
                str(Kind(kind := typed[f"who_{row}"]).label),
                typed[f"weight_{row}"] or alone,
                tuple(unit.pk for unit in self.units if unit.kind == kind),
            )
            for row in rows
        )

    def more(self) -> dict[str, Any]:
        """Whether single ratings are shown to the bureau."""
        return {"names_shown": self.cleaned_data["names_shown"]}


class BallotRoundForm(GroupRoundForm):
    """People rank the holders of a group."""

    way = Way.BALLOT
    top = PointsField(label=_("第一名得分"), initial=10_000)
    step = PointsField(label=_("每退一名减"), initial=200)
    jurors = forms.CharField(
        label=_("评委"), widget=words(5), help_text=_("一行一人，写姓名；重名的写账号")
    )

    def blocks(self) -> tuple[Block, ...]:
        """The group, ranked as a whole."""
        return self.whom(())

    def sides(self) -> tuple[Side, ...]:
        """The people named, each once; refused with the names that nobody or several have."""
        people = list(Person.objects.filter(posts__unit__in=self.units).distinct())
        keys, problems = [], []
        for name in dict.fromkeys(
            filter(None, map(str.strip, self.cleaned_data["jurors"].split("\n")))
        ):
            found = [one for one in people if name in (one.name, one.username)]
            keys += [one.pk for one in found]
            if len(found) != 1:
                text = gettext("没有这个人") if not found else gettext("有几个人同名，请写账号")
                problems.append(Problem(text=text, where=name))
        if problems:
            raise Refused(problems)
        return (Side("", 100, tuple(dict.fromkeys(keys))),)

    def more(self) -> dict[str, Any]:
        """What places are worth."""
        return {"top": self.cleaned_data["top"], "step": self.cleaned_data["step"]}


ROUND_FORMS: dict[Way, type[RoundForm]] = {
    one.way: one for one in (JudgedRoundForm, RatingRoundForm, BallotRoundForm, SelfRoundForm)
}
