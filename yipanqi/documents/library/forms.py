"""What comes in with a base document, for browser and programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence
from yipanqi.place.actions import DocumentSaid
from yipanqi.standing.forms.fields import DayField, FilesField, checked

TYPED = ("title", "number", "organ", "issued_on", "valid_from", "valid_to")


class DocumentForm(forms.Form):
    """A document as it is filed; with `supersedes` it is a new edition of that one."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("不带书名号"))
    number = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("如 青政办发〔2026〕1号")
    )
    organ = forms.CharField(label=_("发文机关"), max_length=80)
    issued_on = DayField(label=_("印发日期"))
    valid_from = DayField(label=_("施行日期"))
    valid_to = DayField(label=_("有效期至"), required=False, help_text=_("长期有效就不填"))
    evidence = FilesField(label=_("文件"), required=False)
    supersedes = forms.IntegerField(
        label=_("新版代替"), required=False, widget=forms.HiddenInput, min_value=1
    )

    def said(self, kept: tuple[Evidence, ...]) -> DocumentSaid:
        """What was typed, with its files; refuses what cannot be meant."""
        typed = checked(self)
        return DocumentSaid(files=kept, **{name: typed[name] for name in TYPED})


class SearchForm(forms.Form):
    """Words that a title, number or organ contains."""

    q = forms.CharField(required=False, max_length=120)
