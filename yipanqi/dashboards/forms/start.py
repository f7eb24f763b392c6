"""What is asked of whoever founds a place."""

import re
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.dashboards.reads.presets import presets
from yipanqi.org.actions.founding import First

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACCOUNT = re.compile(r"[A-Za-z0-9._-]{2,40}")


def account(value: str) -> None:
    """Letters that can be typed on every keyboard."""
    if ACCOUNT.fullmatch(value) is None:
        raise ValidationError(_("账号用字母、数字和 . _ -，2 到 40 位"))


def _secret(label: "StrOrPromise") -> forms.CharField:
    """A password, typed unseen and never shown again."""
    shown = forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False)
    return forms.CharField(label=label, strip=False, max_length=200, widget=shown)


def _offered() -> list[tuple[str, str]]:
    """An empty place, or one of the presets."""
    return [
        ("", _("空白：单位、口径、任务、办法都自己来")),
        *((p.name, p.title) for p in presets()),
    ]


class FoundingForm(forms.Form):
    """A place, the office that promotes investment, and the first two people."""

    code = forms.CharField(
        label=gettext_lazy("一次性口令"),
        max_length=40,
        help_text=gettext_lazy("启动服务的屏幕或日志里“开账口令”后面的一串"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    place = forms.CharField(label=gettext_lazy("地方名称"), max_length=60)
    bureau = forms.CharField(label=gettext_lazy("招商部门"), max_length=60)
    preset = forms.ChoiceField(label=gettext_lazy("从哪里开始"), choices=_offered, required=False)
    units = forms.CharField(
        label=gettext_lazy("乡镇（区县）名称"),
        required=False,
        max_length=6000,
        help_text=gettext_lazy("一行一个；选了预设才用得上，不填就先用预设里的名称，以后再改"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    admin_name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    admin_account = forms.CharField(label=gettext_lazy("账号"), validators=[account])
    admin_password = _secret(gettext_lazy("口令"))
    admin_again = _secret(gettext_lazy("再输一遍"))
    chief_name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    chief_account = forms.CharField(label=gettext_lazy("账号"), validators=[account])
    chief_password = _secret(gettext_lazy("口令"))
    chief_again = _secret(gettext_lazy("再输一遍"))

    def clean(self) -> None:
        """What is typed unseen is typed twice."""
        for who in ("admin", "chief"):
            first, second = (self.cleaned_data.get(f"{who}_{n}") for n in ("password", "again"))
            if first and second and first != second:
                self.add_error(f"{who}_again", _("两遍口令不一样，请重输"))

    def first(self, who: str, title: str) -> First:
        """One of the two, as typed."""
        typed = {
            name: self.cleaned_data[f"{who}_{name}"] for name in ("account", "name", "password")
        }
        return First(title=title, **typed)
