"""What comes in of a staff table: pasted text or a file, and what was seen of it."""

from django import forms
from django.utils.translation import gettext_lazy

from yipanqi.standing.forms.fields import TickedField


class RosterForm(forms.Form):
    """A staff table: a file, or text pasted out of a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("花名册文件（xlsx、et、xls、ods、csv，20 MB 以内）"), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("或从电子表格里复制粘贴"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    seal = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    beside = TickedField(required=False)


class SlipsForm(forms.Form):
    """The passwords that were just shown, signed."""

    slips = forms.CharField(max_length=1_000_000, widget=forms.HiddenInput)
