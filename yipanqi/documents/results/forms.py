"""What comes in with results: which one, for how long it is up, what is objected, what is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.publishing.rules.course import MOST_DAYS, NOTICE_DAYS
from yipanqi.standing.forms.claims import words
from yipanqi.standing.forms.fields import ChosenField, FilesField


class DraftForm(forms.Form):
    """The result of which method, for which period."""

    code = forms.ChoiceField(label=_("办法"))
    period = forms.CharField(
        label=_("考核期"), max_length=10, help_text=_("年 2026、半年 2026H1、季 2026Q3、月 2026-07")
    )

    def __init__(
        self, *args: Any, methods: list[tuple[str, str]], **kwargs: Any
    ) -> None:  # a form's
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = methods


class NoticeForm(forms.Form):
    """For how many working days a result is up for objection."""

    days = forms.IntegerField(
        label=_("公示期（工作日）"), min_value=1, max_value=MOST_DAYS, initial=NOTICE_DAYS
    )


class ObjectionForm(forms.Form):
    """Which line is wrong, which figure of it, and why."""

    item = forms.CharField(label=_("计分项"), max_length=80, widget=forms.Select)
    figure = forms.CharField(label=_("指标"), max_length=80, required=False, widget=forms.Select)
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=words(5))
    evidence = FilesField(label=_("佐证材料"), required=False)

    def offer(self, items: list[str], figures: list[tuple[str, str]]) -> None:
        """Say which lines there are, and which figures stand behind them."""
        self.fields["item"].widget.choices = [(item, item) for item in items]
        every = [("", _("整项")), *figures]
        self.fields["figure"].widget.choices = every


class AnswerForm(forms.Form):
    """Whether an objection is accepted, why, and which entry followed from it."""

    accepted = forms.ChoiceField(
        label=_("答复"),
        choices=[("no", _("不采纳")), ("yes", _("采纳"))],
    )
    followed = ChosenField(
        label=_("由此产生的账目"), required=False, help_text=_("只在采纳时选；先办更正，再来选")
    )
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=words(4))

    def __init__(
        self, *args: Any, entries: list[tuple[int, str]], **kwargs: Any
    ) -> None:  # a form's
        super().__init__(*args, **kwargs)
        field = self.fields["followed"]
        assert isinstance(field, ChosenField)
        field.offer(entries)

    def clean_accepted(self) -> bool:
        """Yes or no as a truth."""
        return bool(self.cleaned_data["accepted"] == "yes")


class SigningForm(forms.Form):
    """The holder that signs."""

    unit = forms.IntegerField(label=_("单位"))


class PublicationForm(forms.Form):
    """What is said beside a published result."""

    remarks = forms.CharField(label=_("说明"), required=False, max_length=2000, widget=words(3))


class ReopeningForm(forms.Form):
    """Why a sealed result should be worked out anew."""

    reason = forms.CharField(label=_("理由"), max_length=2000, widget=words(3))


class DecisionForm(forms.Form):
    """Whether a second person agrees, and why."""

    agreed = forms.ChoiceField(label=_("批复"), choices=[("yes", _("同意")), ("no", _("不同意"))])
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=words(3))

    def clean_agreed(self) -> bool:
        """Yes or no as a truth."""
        return bool(self.cleaned_data["agreed"] == "yes")
