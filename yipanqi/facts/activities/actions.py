"""What can happen: a contact is reported, corrected, taken back; a leader checks a project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.core.words import half_width
from yipanqi.facts.activities.models import Check, Contact, ContactWithdrawal, Presence
from yipanqi.facts.activities.rules import (
    personal_problems,
    present_problems,
    present_text,
    reason_problems,
)
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, day_problems
from yipanqi.ledger.actions import Actor, hold, pour, record, record_many
from yipanqi.org.models import Post, Unit
from yipanqi.org.rules import place_path


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A contact about to be reported; `present` are the posts of those of ours who were there."""

    holder: Unit
    kind: str
    happened_on: date
    investor: str
    text: str
    present: Sequence[int]
    place: str = ""
    result: str = ""
    half_days: int = 0
    project_id: int | None = None


@transaction.atomic
def report_contacts(*, new: Sequence[NewContact], by: Actor | None, at: datetime) -> list[Contact]:
    """Report contacts with investors, all or none; refuses what has not happened yet."""
    refuse_if_blocked(p for one in new for p in _contact_problems(one, today=localdate(at)))
    return _recorded([_fact(one) for one in new], by=by, at=at)


def report_contact(*, new: NewContact, by: Actor | None, at: datetime) -> Contact:
    """Report one contact with an investor (报接洽)."""
    return report_contacts(new=[new], by=by, at=at)[0]


@transaction.atomic
def correct_contact(
    *, contact: Contact, new: NewContact, reason: str, by: Actor | None, at: datetime
) -> Contact:
    """Say again, rightly, how it was; the first word stays on record and counts no more."""
    refuse_if_blocked([*_contact_problems(new, today=localdate(at)), *reason_problems(reason)])
    _refuse_unless_standing(contact)
    fact = _fact(new)
    fact.corrects, fact.reason = contact, reason
    return _recorded([fact], by=by, at=at)[0]


@transaction.atomic
def withdraw_contact(
    *, contact: Contact, reason: str, by: Actor | None, at: datetime
) -> ContactWithdrawal:
    """Take a contact back that should not have been reported."""
    refuse_if_blocked(reason_problems(reason))
    _refuse_unless_standing(contact)
    fact = ContactWithdrawal(
        contact=contact, holder_id=contact.holder_id, reason=reason, happened_on=localdate(at)
    )
    return record(fact, by=by, at=at)


def _refuse_unless_standing(contact: Contact) -> None:
    hold()
    if not Contact.objects.standing().filter(pk=contact.pk).exists():
        raise refuse(_("这条接洽已经更正或撤回，请打开最新的一条"), where=_("接洽"))


def _contact_problems(new: NewContact, *, today: date) -> Iterator[Problem]:
    yield from day_problems(new.happened_on, today=today)
    ours = Post.objects.filter(unit__path__startswith=place_path(new.holder.path))
    held = ours.held_on(new.happened_on).filter(pk__in=new.present)
    yield from present_problems(new.present, held.values_list("pk", flat=True))
    yield from personal_problems(_("对方单位"), new.investor)
    yield from personal_problems(_("谈了什么"), new.text)
    yield from personal_problems(_("结果和下一步"), new.result)


def _fact(new: NewContact) -> Contact:
    return Contact(
        holder=new.holder,
        kind=new.kind,
        happened_on=new.happened_on,
        investor=half_width(new.investor),
        place=new.place,
        project_id=new.project_id,
        present=present_text(new.present),
        text=new.text,
        result=new.result,
        half_days=new.half_days,
    )


def _recorded(contacts: list[Contact], *, by: Actor | None, at: datetime) -> list[Contact]:
    record_many(contacts, by=by, at=at)
    pour(Presence(contact=one, post_id=pk) for one in contacts for pk in one.post_ids)
    return contacts


@transaction.atomic
def check_project(
    *,
    project: Project,
    seat: Unit,
    happened_on: date,
    form: str,
    funds: str,
    by: Actor | None,
    at: datetime,
    problem: str = "",
) -> Check:
    """A leader has looked at a project paired with the seat: its form, its funds, its problems."""
    refuse_if_blocked(day_problems(happened_on, today=localdate(at)))
    paired = project.parts.current().filter(unit=seat, role=PartRole.LEADER)
    if not paired.exists():
        text = _("%(seat)s没有包保这个项目，不能填它的包保检查") % {"seat": seat}
        raise refuse(text, where=_("包保领导"))
    fact = Check(
        project=project,
        seat=seat,
        happened_on=happened_on,
        form=form,
        funds=funds,
        problem=problem,
    )
    return record(fact, by=by, at=at)
