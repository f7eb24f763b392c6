"""What comes in with pledges and personal files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.standing.forms.claims import chosen
from yipanqi.standing.forms.fields import ChosenField, DayField, FilesField


class RoundForm(forms.Form):
    """The day by which a year's pledges are to be signed, and on what basis."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    due_on = DayField(label=_("签订期限"))
    document = ChosenField(label=_("依据"), required=False)
    clause = forms.CharField(label=_("条款"), max_length=60, required=False)

    def __init__(
        self, *args: Any, documents: list[tuple[int, str]], **kwargs: Any
    ) -> None:  # a form's
        super().__init__(*args, **kwargs)
        chosen(self, "document").offer(documents)


class SigningForm(forms.Form):
    """Who signed a pledge on which day, with the signed page."""

    signer = ChosenField(label=_("签字人"))
    signed_on = DayField(label=_("签订日期"))
    evidence = FilesField(label=_("扫描件"), required=False)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], **kwargs: Any
    ) -> None:  # a form's
        super().__init__(*args, **kwargs)
        chosen(self, "signer").offer(people)


class PurposeForm(forms.Form):
    """Why somebody opens another's personal file."""

    purpose = forms.CharField(label=_("调阅事由"), max_length=100)
