"""What is said of people: their accounts, posts and passwords."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.org.rules import Capacity, Role
from yipanqi.standing.forms.claims import chosen
from yipanqi.standing.forms.fields import ChosenField, DayField
from yipanqi.standing.forms.organise import Options, VersionedForm

ACCOUNT = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$", _("账号用字母、数字、点和横线，至少两位，如 qingshan.ll")
)


class TermForm(forms.Form):
    """A post with its term."""

    title = forms.CharField(label=_("职务"), max_length=40)
    capacity = forms.ChoiceField(label=_("身份"), choices=Capacity.choices, initial=Capacity.MEMBER)
    from_on = DayField(label=_("任职自"))
    until_on = DayField(label=_("任期届满"), required=False, help_text=_("没有规定任期就不填"))

    def clean(self) -> dict[str, Any]:
        """A term ends after it began."""
        typed = super().clean() or {}
        begins, ends = typed.get("from_on"), typed.get("until_on")
        if begins and ends and ends <= begins:
            self.add_error("until_on", gettext("任期届满要晚于任职日期"))
        return typed


class PostForm(TermForm):
    """A person is put into a post of a unit."""

    person = ChosenField(label=_("人员"))
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    main = forms.BooleanField(
        label=_("主要职务"), required=False, help_text=_("以这个职务的单位名义办事")
    )
    field_order = ("person", "title", "role")

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        chosen(self, "person").offer(people)


class MemberForm(PostForm):
    """A person joins a group; the role is always that of a member."""

    role = None  # type: ignore[assignment]  # how a form leaves out a field of its base
    main = None  # type: ignore[assignment]  # as above


class NewPersonForm(TermForm):
    """An account with the first post."""

    username = forms.CharField(label=_("账号"), max_length=40, validators=[ACCOUNT])
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    unit = ChosenField(label=_("单位"))
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    field_order = ("username", "name", "phone", "unit", "title", "role")

    def __init__(self, *args: Any, units: Options, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        chosen(self, "unit").offer(units)


class PersonForm(VersionedForm):
    """What can be corrected of somebody."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)


class PostEditForm(VersionedForm):
    """A title corrected, a term set or extended."""

    title = forms.CharField(label=_("职务"), max_length=40)
    capacity = forms.ChoiceField(label=_("身份"), choices=Capacity.choices)
    until_on = DayField(label=_("任期届满"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class ActiveForm(VersionedForm):
    """An account is closed or opened again, for a reason."""

    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class NothingForm(forms.Form):
    """Only a yes."""


class PasswordForm(forms.Form):
    """A password of one's own choosing."""

    old = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少 10 位，不要用常见的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The same twice."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise ValidationError(gettext("两遍输入的新密码不一样"))
        return again
