"""What is registered of a project, and who takes part in it."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import REPORTING, Currency, Honour, Level, PartRole, Share
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.standing.forms.claims import OnceForm, chosen, words
from yipanqi.standing.forms.fields import AmountField, AreaField, ChosenField, ShareField, plain

NATURES = ("新建", "扩建", "技改", "迁建", "并购重组", "增资", "租赁厂房")
"""How a project may be built (建设性质); offered, not prescribed."""

WAN = gettext_lazy("万元，也可写 3.6亿")


class ComparedForm(forms.Form):
    """A form filled in over something that somebody else may have changed since."""

    compared = ""

    def see(self, version: int) -> None:
        """What stands now has been shown: sent again, the form is meant over that."""
        self.data = {**{name: self.data[name] for name in self.data}, self.compared: str(version)}


class ProjectForm(OnceForm):
    """The particulars of a project, as the register keeps them."""

    name = forms.CharField(label=gettext_lazy("项目名称"), max_length=120)
    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=120, required=False)
    company = forms.CharField(label=gettext_lazy("项目公司"), max_length=120, required=False)
    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=18, required=False
    )
    content = forms.CharField(
        label=gettext_lazy("建设内容"), required=False, max_length=4000, widget=words()
    )
    industry = forms.CharField(label=gettext_lazy("产业"), max_length=40, required=False)
    nature = forms.CharField(
        label=gettext_lazy("建设性质"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"list": "natures"}),
    )
    origin = forms.CharField(label=gettext_lazy("投资方所在地"), max_length=40, required=False)
    honour = forms.ChoiceField(label=gettext_lazy("荣誉"), choices=Honour.choices, required=False)
    level = forms.ChoiceField(label=gettext_lazy("重点级别"), choices=Level.choices, required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("币种"), choices=Currency.choices, initial=Currency.CNY
    )
    total = AmountField(label=gettext_lazy("总投资"), required=False, help_text=WAN)
    fixed = AmountField(label=gettext_lazy("固定资产投资"), required=False, help_text=WAN)
    land_area = AreaField(
        label=gettext_lazy("用地面积"),
        required=False,
        help_text=gettext_lazy("亩，也可写 20000平方米"),
    )
    remark = forms.CharField(
        label=gettext_lazy("备注"), required=False, max_length=2000, widget=words(2)
    )

    particulars = (
        *("name", "investor", "company", "credit_code", "content", "industry", "nature", "origin"),
        *("honour", "level", "currency", "total", "fixed", "land_area", "remark"),
    )

    def clean_credit_code(self) -> str:
        """Capitals without blanks."""
        return plain(self.cleaned_data["credit_code"]).upper()

    def clean(self) -> dict[str, Any]:
        """Fixed assets are a part of the whole."""
        typed = super().clean() or {}
        total, fixed = typed.get("total"), typed.get("fixed")
        if total is not None and fixed is not None and fixed > total:
            self.add_error("fixed", _("固定资产投资不会大于总投资，请核对"))
        return typed

    def differing(self, project: Project) -> dict[str, Any]:
        """The particulars that were typed otherwise than they stand."""
        return {
            name: self.cleaned_data[name]
            for name in self.particulars
            if self.cleaned_data[name] != getattr(project, name)
        }


class EditForm(ComparedForm, ProjectForm):
    """Particulars typed over a version of the register's page."""

    compared = "version"

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("修改理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("写进台账，没有就不填"),
    )


class PartsForm(ComparedForm):
    """Who introduces, hosts, leads and answers for a project, and how the credit is shared (A10)."""

    compared = "since"
    since = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        people: Sequence[tuple[int, int, str]],
        standing: Sequence[Share] = (),
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.posts = {(person, unit) for person, unit, _label in people}
        named = list({person: (person, label) for person, _unit, label in people}.values())
        self.roles: dict[PartRole, list[str]] = {}
        for role, label, kinds, rows in ROLES:
            given = [share for share in standing if share.role == role]
            held_by = {share.unit_id for share in given}
            options = [(u.pk, u.name) for u in units if u.kind in kinds or u.pk in held_by]
            for row in range(1, max(rows, len(given) + (rows > 1)) + 1):
                held = given[row - 1] if row <= len(given) else None
                self._row(role, f"{label}{row if rows > 1 else ''}", row, options, named, held)

    def _row(
        self,
        role: PartRole,
        label: str,
        row: int,
        options: list[tuple[int, str]],
        named: list[tuple[int, str]],
        held: Share | None,
    ) -> None:
        name = f"{role.value}_{row}"
        self.roles.setdefault(role, []).append(name)
        self.fields[name] = ChosenField(required=False, label=label, initial=held and held.unit_id)
        chosen(self, name).offer(options)
        if role in (PartRole.INTRODUCER, PartRole.LANDING):
            share = held.fraction if held and held.fraction != 1 else None
            self.fields[f"{name}_share"] = ShareField(
                required=False, label=_("份额（%，一家独有不必填）"), initial=share
            )
        if role is PartRole.LEAD:
            self.fields[f"{name}_person"] = ChosenField(
                required=False, label=_("责任人"), initial=held and held.person_id
            )
            chosen(self, f"{name}_person").offer(named)

    def clean(self) -> dict[str, Any]:
        """A responsible person serves in the unit; several sharers each say how much."""
        typed = super().clean() or {}
        for role, names in self.roles.items():
            filled = [name for name in names if typed.get(name)]
            for name in filled:
                self._check(role, name, typed, alone=len(filled) == 1)
        if not any(typed.get(name) for role in REPORTING for name in self.roles[role]):
            raise forms.ValidationError(_("请至少填一个引进、落地或责任单位"))
        return typed

    def _check(self, role: PartRole, name: str, typed: dict[str, Any], *, alone: bool) -> None:
        person = typed.get(f"{name}_person")
        if person and (person, typed[name]) not in self.posts:
            self.add_error(f"{name}_person", _("这个人不在所选的责任单位任职"))
        share = f"{name}_share"
        if share in self.fields and share not in self.errors and typed.get(share) is None:
            if not alone:
                self.add_error(share, _("有几家单位时，每家都要写份额"))
            typed[share] = Fraction(1)

    def rows(self) -> Iterator[tuple[str, list[list[forms.BoundField]]]]:
        """The fields as the page shows them, a line for each unit."""
        for role, names in self.roles.items():
            lines = [
                [
                    self[each]
                    for each in (name, f"{name}_share", f"{name}_person")
                    if each in self.fields
                ]
                for name in names
            ]
            yield str(role.label), lines

    def shares(self) -> list[Share]:
        """The parts that were typed."""
        return list(self._shares())

    def _shares(self) -> Iterable[Share]:
        for role, names in self.roles.items():
            for name in names:
                if unit_id := self.cleaned_data.get(name):
                    share = self.cleaned_data.get(f"{name}_share", Fraction(1))
                    yield Share(
                        unit_id=unit_id,
                        role=role,
                        num=share.numerator,
                        den=share.denominator,
                        person_id=self.cleaned_data.get(f"{name}_person"),
                    )


EVERYONE = frozenset(Kind) - {Kind.PLACE}
ROLES = (
    (PartRole.INTRODUCER, gettext_lazy("引进单位"), EVERYONE, 3),
    (
        PartRole.LANDING,
        gettext_lazy("落地单位"),
        frozenset({Kind.TOWNSHIP, Kind.ZONE, Kind.COUNTY}),
        2,
    ),
    (PartRole.LEAD, gettext_lazy("责任单位"), EVERYONE - {Kind.SEAT}, 2),
    (PartRole.LEADER, gettext_lazy("包保领导"), frozenset({Kind.SEAT}), 1),
)
"""Which kinds of unit may take which part, and how many lines the page offers for it."""
