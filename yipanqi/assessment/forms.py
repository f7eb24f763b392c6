"""What comes in: a method's page, and the point from which scores are seen."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MethodForm(forms.Form):
    """A page of method, pasted or as a file."""

    text = forms.CharField(
        label=_("办法"), widget=forms.Textarea(attrs={"rows": 24, "class": "mono"}), required=False
    )
    file = forms.FileField(label=_("或上传文件（YAML）"), required=False)

    def page(self) -> str:
        """The method's text, from the file where there is one."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return str(self.cleaned_data["text"])
        return bytes(upload.read()).decode("utf-8-sig", errors="replace")


class PointForm(forms.Form):
    """From where a score is seen: a day, an entry of the ledger, one of the place's methods."""

    day = forms.DateField(label=_("截至日期"), required=False)
    seq = forms.IntegerField(label=_("账本序号"), required=False, min_value=1)
    method = forms.CharField(label=_("办法代号"), required=False, max_length=20)
    group = forms.CharField(required=False)
