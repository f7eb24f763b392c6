"""What is said of a view, and of a list that is taken away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.lists.rules import Listed, Written

NAMED = 20


class ChangeForm(forms.Form):
    """What a view is called, what it asks, for whom it is."""

    name = forms.CharField(label=_("名称"), max_length=NAMED)
    query = forms.CharField(
        label=_("条件"), required=False, max_length=8_000, widget=forms.HiddenInput
    )
    shared = forms.BooleanField(label=_("共享给本地各单位"), required=False)
    first = forms.BooleanField(label=_("打开清单时先看它"), required=False)
    version = forms.IntegerField(label=_("版本"), min_value=1, widget=forms.HiddenInput)


class SaveForm(ChangeForm):
    """The same of a view that is not there yet, and of which list it is."""

    version = None  # type: ignore[assignment]  # a new one has none
    listed = forms.ChoiceField(label=_("清单"), choices=Listed.choices, widget=forms.HiddenInput)


class ExportForm(forms.Form):
    """As what a list is taken away."""

    export = forms.ChoiceField(label=_("导出格式"), choices=Written.choices)


class ListedForm(forms.Form):
    """Of which list a program asks for the views."""

    list = forms.ChoiceField(label=_("清单"), choices=Listed.choices)
