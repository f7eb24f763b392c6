"""Who takes a post over, and on which day."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.standing.forms.claims import chosen
from yipanqi.standing.forms.fields import ChosenField, DayField


class SuccessionForm(forms.Form):
    """Somebody who is there already, somebody new, or nobody for the time being."""

    on = DayField(label=_("交接日期"), help_text=_("接任的人从这一天起任职"))
    successor = ChosenField(label=_("接任的人"), required=False)
    name = forms.CharField(label=_("新来的人：姓名"), required=False, max_length=40)
    username = forms.CharField(label=_("新来的人：账号"), required=False, max_length=40)
    vacant = forms.BooleanField(label=_("暂时空缺，以后再接"), required=False)
    seal = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: list[tuple[int, str]],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "successor").offer(people, gettext("请选"))

    def clean(self) -> dict[str, Any]:
        """One of the three, and of somebody new both the name and the account."""
        typed = self.cleaned_data
        new = bool(typed.get("name") or typed.get("username"))
        if bool(typed.get("name")) != bool(typed.get("username")):
            raise ValidationError(_("新来的人要同时写姓名和账号"))
        if [new, bool(typed.get("successor")), bool(typed.get("vacant"))].count(True) != 1:
            raise ValidationError(_("请选接任的人，或写新来的人，或勾选暂时空缺，只选一样"))
        return typed
