"""What units report and what offices decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.projects.rules import Currency
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.fields import (
    AmountField,
    ChosenField,
    DayField,
    FilesField,
    TickedField,
)
from yipanqi.standing.rules import Outcome

DECISIONS = [(outcome.value, outcome.label) for outcome in (Outcome.ACCEPTED, Outcome.RETURNED)]


def words(rows: int = 3) -> forms.Textarea:
    """A few lines to write in."""
    return forms.Textarea(attrs={"rows": rows})


class OnceForm(forms.Form):
    """A report that is sent once, however often the button is pressed."""

    key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class ClaimForm(OnceForm):
    """A unit says that a node is reached, or that money has arrived."""

    unit = ChosenField(label=_("申报单位"))
    node = forms.ChoiceField(label=_("环节"))
    happened_on = DayField(label=_("发生日期"))
    amount = AmountField(label=_("金额"), required=False, help_text=_("万元，也可写 1.2亿"))
    currency = forms.ChoiceField(
        label=_("币种"), choices=Currency.choices, initial=Currency.CNY, required=False
    )
    evidence = FilesField(label=_("佐证材料"), required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=2000, widget=words())

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        units: list[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        nodes = [(node.code, node.name) for node in (*settings.nodes, settings.funds)]
        offer(self, "node", nodes)
        chosen(self, "unit").offer(units)

    def clean_currency(self) -> str:
        """Yuan where nothing is said."""
        return self.cleaned_data["currency"] or Currency.CNY


class ProgressForm(OnceForm):
    """What has moved, and what is in the way."""

    happened_on = DayField(label=_("日期"))
    text = forms.CharField(label=_("进展"), max_length=2000, widget=words(4))
    problem = forms.CharField(
        label=_("存在问题"),
        required=False,
        max_length=2000,
        widget=words(),
        help_text=_("没有就不填"),
    )


class PlanForm(forms.Form):
    """A node gets another due day, for a reason."""

    node = forms.ChoiceField(label=_("环节"))
    planned_on = DayField(label=_("期限"))
    reason = forms.CharField(label=_("理由"), max_length=200, widget=words(2))

    def __init__(self, *args: Any, settings: Settings, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        offer(self, "node", [(node.code, node.name) for node in settings.nodes])


class ReasonForm(forms.Form):
    """Why something that was said no longer holds."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=words(2))


class DecideForm(forms.Form):
    """What an office says of the claims that were ticked."""

    claims = TickedField(label=_("申报"), error_messages={"required": _("请先勾选要认定的申报")})
    outcome = forms.ChoiceField(label=_("结论"), choices=DECISIONS)
    reason = forms.CharField(label=_("退回理由"), required=False, max_length=300)


class ReturnForm(forms.Form):
    """A liaison confirms the month, with a word if there is one."""

    summary = forms.CharField(
        label=_("说明"), required=False, max_length=2000, widget=words(), help_text=_("没有就不填")
    )


def offer(form: forms.Form, name: str, options: list[tuple[str, str]]) -> None:
    """Say what can be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = options


def chosen(form: forms.Form, name: str) -> ChosenField:
    """A field in which a record is chosen."""
    field = form.fields[name]
    assert isinstance(field, ChosenField)
    return field
