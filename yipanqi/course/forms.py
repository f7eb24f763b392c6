"""What comes in: which days, by which method."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.rules.methods import ANNUAL


class CourseForm(forms.Form):
    """The days between which a course is shown."""

    since = forms.DateField(label=_("从"), required=False)
    until = forms.DateField(label=_("到"), required=False)
    method = forms.CharField(label=_("办法代号"), required=False, max_length=20)

    def clean_method(self) -> str:
        """The annual method where none is named."""
        return self.cleaned_data["method"] or ANNUAL
