"""What comes in with a bulletin: the words of its issuer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BulletinForm(forms.Form):
    """The demands with which a bulletin closes; everything else is computed."""

    remarks = forms.CharField(label=_("工作要求"), widget=forms.Textarea(attrs={"rows": 4}))
