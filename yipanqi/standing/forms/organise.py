"""What is said of units, groups and what binds them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.org.models import Unit
from yipanqi.org.rules import Capacity, Function, Kind, Matter
from yipanqi.standing.forms.claims import chosen, words
from yipanqi.standing.forms.fields import ChosenField, DayField

Options = list[tuple[int, str]]

IN_TREE = [(kind.value, kind.label) for kind in Kind if kind not in Kind.groups() | {Kind.PLACE}]
AS_GROUP = [(kind.value, kind.label) for kind in Kind if kind in Kind.groups()]


class VersionedForm(forms.Form):
    """Typed over a version of something that others may change too."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class UnitForm(forms.Form):
    """A unit of the tree as it is opened."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=IN_TREE)
    parent = ChosenField(label=_("上级单位"))
    sort = forms.IntegerField(
        label=_("排序"),
        min_value=0,
        max_value=9999,
        initial=0,
        required=False,
        help_text=_("同类单位按这个数从小到大排"),
    )

    def __init__(self, *args: Any, parents: Options, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        chosen(self, "parent").offer(parents)

    def clean_sort(self) -> int:
        """First where nothing is said."""
        return self.cleaned_data["sort"] or 0


class UnitEditForm(VersionedForm, UnitForm):
    """A unit renamed, sorted or moved; what kind it is stays."""

    kind = None  # type: ignore[assignment]  # how a form leaves out a field of its base
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class EndForm(forms.Form):
    """Something ends, on a day and for a reason."""

    on = DayField(label=_("日期"))
    reason = forms.CharField(label=_("理由"), max_length=200, widget=words(2))


class CloseForm(VersionedForm, EndForm):
    """A unit is closed."""


class WhyForm(forms.Form):
    """Why something no longer holds, where there is more to say than that."""

    reason = forms.CharField(label=_("理由"), max_length=200, required=False, widget=words(2))


class CharterForm(forms.Form):
    """What a group is for, on what it rests, what it covers."""

    purpose = forms.CharField(label=_("任务"), max_length=300, widget=words(2))
    basis = forms.CharField(
        label=_("依据文件和条款"),
        max_length=200,
        required=False,
        help_text=_("如《青禾县产业链链长制实施方案》第二条；依据文件库会按书名号里的标题找到它"),
    )
    founded_on = DayField(label=_("成立日期"))
    office = ChosenField(label=_("办公室设在"), required=False)
    industries = forms.CharField(
        label=_("负责的产业"), max_length=200, required=False, help_text=_("几个产业用顿号隔开")
    )
    enterprises = forms.CharField(
        label=_("龙头企业"), max_length=200, required=False, help_text=_("产业链填；用顿号隔开")
    )

    def __init__(self, *args: Any, offices: Options, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        chosen(self, "office").offer(offices)

    def clean_industries(self) -> tuple[str, ...]:
        """Each industry by itself."""
        return apart(self.cleaned_data["industries"])

    def clean_enterprises(self) -> tuple[str, ...]:
        """Each enterprise by itself."""
        return apart(self.cleaned_data["enterprises"])


class CharterEditForm(VersionedForm, CharterForm):
    """A charter changed, with its reason."""

    reason = forms.CharField(label=_("修改理由"), max_length=200, required=False)


class GroupForm(CharterForm):
    """A group as it is founded."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=AS_GROUP)
    parent = ChosenField(
        label=_("设在"), required=False, help_text=_("不选就是全县的组；也可以设在一个单位里")
    )
    field_order = ("name", "kind", "parent")

    def __init__(
        self,
        *args: Any,
        parents: Options,
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "parent").offer(parents)


class JoinForm(forms.Form):
    """A unit joins a group."""

    unit = ChosenField(label=_("成员单位"))
    capacity = forms.ChoiceField(label=_("身份"), choices=Capacity.choices, initial=Capacity.MEMBER)

    def __init__(self, *args: Any, units: Options, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        chosen(self, "unit").offer(units)


class DutyForm(forms.Form):
    """A unit is given a function."""

    function = forms.ChoiceField(label=_("职能"), choices=Function.choices)


class MilestoneForm(forms.Form):
    """What a group has to have done by a day."""

    what = forms.CharField(label=_("要做完的事"), max_length=200)
    due_on = DayField(label=_("完成时限"))


class MilestoneChangeForm(MilestoneForm):
    """The same set anew."""

    reason = forms.CharField(label=_("调整理由"), max_length=200, widget=words(2))


class MilestoneDoneForm(forms.Form):
    """How it was done, and when."""

    on = DayField(label=_("完成日期"))
    note = forms.CharField(label=_("完成情况"), max_length=200, widget=words(2))


class PairForm(forms.Form):
    """A leader answers for a unit, or for an enterprise or a line of work by name."""

    seat = ChosenField(label=_("包保领导"))
    matter = forms.ChoiceField(label=_("包保对象"), choices=Matter.choices, initial=Matter.UNIT)
    unit = ChosenField(
        label=_("单位"), required=False, help_text=_("乡镇、部门、园区、产业链；包保单位时选")
    )
    name = forms.CharField(
        label=_("企业或战线名称"), max_length=80, required=False, help_text=_("包保企业、战线时写")
    )

    def __init__(
        self,
        *args: Any,
        seats: Options,
        units: Options,
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "seat").offer(seats)
        chosen(self, "unit").offer(units)


def apart(text: str) -> tuple[str, ...]:
    """Names that were set apart by any comma."""
    for comma in "，,；; ":
        text = text.replace(comma, "、")
    return tuple(part for part in text.split("、") if part)


def named(units: Iterable[Unit]) -> Options:
    """Units as a list to choose from."""
    return [(unit.pk, unit.name) for unit in units]
