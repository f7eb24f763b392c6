"""A real place begins: its books are opened, and the first two people can sign in."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.ledger.actions import found, hold
from yipanqi.ledger.models import Entry
from yipanqi.org.actions.people import appoint, open_person
from yipanqi.org.actions.units import open_unit
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Capacity, Kind, Role


@dataclass(frozen=True)
class First:
    """One of the two with whom a place begins."""

    account: str
    name: str
    title: str
    password: str


@transaction.atomic
def found_place(
    *, place: str, bureau: str, administrator: First, chief: First, at: datetime
) -> Unit:
    """Open the books of a real place in an empty database (开账), once, whoever is faster.

    Whoever gives out accounts and whoever answers for the work are two people from the first day.
    """
    if administrator.account == chief.account or administrator.password == chief.password:
        text = _("系统管理员和招商部门负责人要用两个账号、两个口令：管账号的人不印发通报")
        raise refuse(text, where=_("账号"))
    found(simulated=False, place=place)
    hold()
    if Entry.objects.of("genesis").count() != 1 or Person.objects.exists():
        raise refuse(_("这里已经开账，请直接登录"), where=_("开账"))
    root = open_unit(name=place, kind=Kind.PLACE, parent=None, by=None, at=at)
    office = open_unit(name=bureau, kind=Kind.DEPARTMENT, parent=root, by=None, at=at)
    _post(administrator, root, Role.ADMINISTRATOR, at)
    _post(chief, office, Role.CHIEF, at)
    return root


def _post(first: First, unit: Unit, role: Role, at: datetime) -> None:
    try:
        validate_password(first.password)
    except ValidationError as weak:
        text = _("%(name)s的口令太短或太常见：至少 10 位，不要用别人容易猜到的")
        raise refuse(text % {"name": first.name}, where=_("口令")) from weak
    person = open_person(
        username=first.account, name=first.name, password=first.password, by=None, at=at
    )
    appoint(
        person=person,
        unit=unit,
        title=first.title,
        role=role,
        capacity=Capacity.HEAD if role is Role.CHIEF else Capacity.MEMBER,
        from_on=localdate(at),
        by=None,
        at=at,
    )
