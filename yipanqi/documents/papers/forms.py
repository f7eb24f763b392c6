"""What comes in with a bulletin: the words of its issuer, and who signs for it."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _


class BulletinForm(forms.Form):
    """The demands with which a bulletin closes; everything else is computed."""

    remarks = forms.CharField(label=_("工作要求"), widget=forms.Textarea(attrs={"rows": 4}))


class NamedForm(forms.Form):
    """How the list of those who will be named is put together."""

    by = forms.ChoiceField(choices=[("unit", _("按单位")), ("kind", _("按事项"))])

    @classmethod
    def chosen(cls, asked: Mapping[str, str]) -> str:
        """By unit, unless the address asks for something else that there is."""
        form = cls(asked)
        return str(form.cleaned_data["by"]) if form.is_valid() else "unit"


class ReceiptForm(forms.Form):
    """The unit that signs."""

    unit = forms.IntegerField(label=_("单位"))
