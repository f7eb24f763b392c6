"""A new page of definitions, and which two versions are compared."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import refuse
from yipanqi.standing.forms.fields import checked

LARGEST = 1024 * 1024


def even(text: str) -> str:
    """A page with one kind of line end, so that pasted and uploaded ones are the same."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def digest_of(text: str) -> str:
    """What tells the page that was previewed from one that was changed since."""
    return sha256(even(text).encode()).hexdigest()


class DefinitionsForm(forms.Form):
    """A page of definitions, pasted or as a file; `after` and `seen` say what was previewed."""

    text = forms.CharField(
        label=gettext_lazy("口径（YAML）"),
        widget=forms.Textarea(attrs={"rows": 28, "class": "mono", "spellcheck": "false"}),
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("或上传文件"),
        required=False,
        help_text=gettext_lazy("选了文件就以文件为准"),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    back_dated = forms.BooleanField(label=gettext_lazy("确认倒签"), required=False)

    def page(self) -> str:
        """The text that is meant, from the file where there is one; refuses what is no text."""
        upload = checked(self)["file"]
        if upload is None:
            return even(str(self.cleaned_data["text"]))
        if upload.size > LARGEST:
            raise refuse(_("文件超过 1 MB，口径文件不会这么大，请核对"), where=upload.name)
        try:
            return even(bytes(upload.read()).decode("utf-8-sig"))
        except UnicodeDecodeError:
            text = _("不是 UTF-8 文本，请用记事本“另存为”UTF-8 后再上传")
            raise refuse(text, where=upload.name) from None


class PairForm(forms.Form):
    """Two versions side by side."""

    old = forms.TypedChoiceField(label=gettext_lazy("原来"), coerce=int)
    new = forms.TypedChoiceField(label=gettext_lazy("改为"), coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        options = [(number, _("第 %(number)s 版") % {"number": number}) for number in numbers]
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
