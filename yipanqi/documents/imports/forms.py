"""What comes in: a ledger, what is decided on its lines, why it goes out again."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.documents.imports.models import Decision


class UploadForm(forms.Form):
    """A project ledger."""

    file = forms.FileField(label=_("台账文件（xlsx、xls、ods、csv，20 MB 以内）"))
    kind = forms.CharField(
        label=_("哪一种台账"),
        required=False,
        max_length=20,
        help_text=_("文件里有几张表时用来选：在谈、签约……可不填"),
    )


class DecisionForm(forms.Form):
    """What is done with an uploaded ledger."""

    DO = (
        ("decide", _("保存决定")),
        ("all_new", _("全部作为新项目")),
        ("all_same", _("全部视为同一项目")),
        ("confirm", _("确认导入")),
        ("discard", _("放弃")),
        ("take_back", _("撤回整批导入")),
    )
    do = forms.ChoiceField(choices=DO)
    reason = forms.CharField(label=_("撤回理由"), required=False, max_length=200)


def decisions_in(data: Mapping[str, object]) -> dict[int, Decision]:
    """The decisions on single lines that a page sends: line-12=new."""
    return {
        int(name.removeprefix("line-")): Decision(str(value))
        for name, value in data.items()
        if name.startswith("line-")
        and name.removeprefix("line-").isdigit()
        and value in Decision.values
    }
