"""Calls to mobilise, and what units answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence
from yipanqi.facts.returns.actions import Held
from yipanqi.org.rules import Kind
from yipanqi.standing.forms.claims import OnceForm, chosen, words
from yipanqi.standing.forms.fields import ChosenField, DayField, FilesField, checked

CALLED = [(kind.value, kind.label) for kind in Kind if kind is not Kind.PLACE]


class CallForm(OnceForm):
    """Which kinds of unit must hold a meeting and issue measures, by which day, on what basis."""

    subject = forms.CharField(label=_("事项"), max_length=120)
    due_on = DayField(label=_("完成期限"))
    kinds = forms.MultipleChoiceField(
        label=_("哪几类单位"), choices=CALLED, widget=forms.CheckboxSelectMultiple
    )
    document = ChosenField(label=_("依据"), required=False)
    clause = forms.CharField(label=_("条款"), max_length=60, required=False)

    def __init__(
        self, *args: Any, documents: list[tuple[int, str]], **kwargs: Any
    ) -> None:  # a form's
        super().__init__(*args, **kwargs)
        chosen(self, "document").offer(documents)


class AnswerForm(OnceForm):
    """The meeting a unit held, and the measures it issued."""

    held_on = DayField(label=_("会议日期"))
    issued_on = DayField(label=_("措施印发日期"))
    present = forms.IntegerField(label=_("参会人数"), min_value=1, max_value=100_000)
    evidence = FilesField(label=_("措施文件"), required=False)
    remarks = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=words(2), help_text=_("没有就不填")
    )

    def held(self, files: tuple[Evidence, ...]) -> Held:
        """What was typed, with its files; refuses what cannot be meant."""
        typed = checked(self)
        said = {name: typed[name] for name in ("held_on", "issued_on", "present", "remarks")}
        return Held(files=files, **said)
