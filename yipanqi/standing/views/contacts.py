"""Contacts with investors: the list, one of them, reporting, correcting, taking back."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.lists import address, page_of
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.activities.actions import correct_contact, report_contact, withdraw_contact
from yipanqi.facts.activities.models import Contact
from yipanqi.jobs.actions import once
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.standing.forms.claims import ReasonForm
from yipanqi.standing.forms.contacts import (
    GROUPS,
    NARROWING,
    ContactFilter,
    ContactForm,
    CorrectForm,
)
from yipanqi.standing.forms.fields import asked_in, checked, texts_in
from yipanqi.standing.reads import contacts as reads
from yipanqi.standing.reads.sheets import contact_columns
from yipanqi.standing.views.projects import units_to_choose
from yipanqi.standing.views.sent import number_in, posted, status_of

NONE: Sequence[Problem] = ()
DOORS = {"month": "period", "unit": "unit", "leader": "person"}


@needs(Can.SEE_CONTACT)
def contacts(request: PersonRequest) -> HttpResponse | FileResponse:
    """The contacts asked for, as rows, in groups or as a file."""
    form = ContactFilter(
        request.GET,
        units=units_to_choose(request),
        people=reads.leaders_named(request.user),
    )
    mine = Contact.objects.visible_to(request.user).standing()
    found = reads.chosen(mine, form.wanted())
    rows = reads.with_people(found).order_by("-happened_on", "-seq")
    sheet = Sheet(
        title=_("接洽"),
        says=says(request, asked_in(form, NARROWING), today().isoformat()),
        columns=contact_columns(),
        rows=rows.iterator(chunk_size=500),
    )
    file, problems = taken_away(request, Listed.CONTACTS, sheet)
    if file:
        return file
    context: dict[str, Any] = {
        "form": form,
        "problems": [*problems, *form.problems()],
        "totals": reads.totals_of(found),
        "ways": _ways(form, request),
    }
    if by := form.grouped_by:
        groups = reads.groups_of(found, by)
        context["groups"] = [
            (one, address(request.GET, group=None, **{DOORS[by]: one.key})) for one in groups
        ]
        context["by"] = by
    else:
        page = form.cleaned_data.get("page", "")
        context["page"] = page_of(rows, page, length=context["totals"].number)
    return render(request, "standing/contacts.html", context, status=422 if problems else 200)


def _ways(form: ContactFilter, request: PersonRequest) -> list[tuple[str, str, bool]]:
    """The list, and the ways of grouping it."""
    choices = [("", _("列表")), *GROUPS]
    return [
        (str(label), address(request.GET, group=key or None), form.grouped_by == key)
        for key, label in choices
    ]


@needs(Can.SEE_CONTACT)
def contact(request: PersonRequest, contact_id: int) -> HttpResponse:
    """One contact: who, how, what was said, what became of the report."""
    one = _in_sight(request, contact_id)
    state = reads.state_of(one)
    context = {"contact": one, "state": state, "mine": not state and _reports(request.user, one)}
    return render(request, "standing/contact.html", context)


def _in_sight(request: PersonRequest, contact_id: int) -> Contact:
    contacts = reads.with_people(Contact.objects.visible_to(request.user))
    return get_object_or_404(
        contacts.select_related("holder", "project", "withdrawal", "correction", "corrects"),
        pk=contact_id,
    )


def _reports(person: Person, contact: Contact) -> bool:
    return person.reach(Can.REPORT_CONTACT).covers(contact.holder.path)


@needs(Can.REPORT_CONTACT)
def contact_new(request: PersonRequest) -> HttpResponse:
    """Report a contact for one's own unit; a liaison of a seat does it for the leader."""
    units = reads.holders_for(request.user)
    holder = _holder(request, units)
    form = ContactForm(
        posted(request),
        units=units,
        projects=reads.projects_for(holder, request.user),
        initial={
            "key": uuid.uuid4().hex,
            "unit": holder.pk,
            "happened_on": today(),
            "project": number_in(request, "project"),
            "investor": request.GET.get("investor", "")[:120],
        },
    )
    problems = NONE
    if request.method == "POST":
        try:
            made = _reported(form, request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("接洽已记入"))
            return redirect("contact", contact_id=made)
    return _form_page(request, form, holder, problems, {"units": units})


def _holder(request: PersonRequest, units: Sequence[Unit]) -> Unit:
    """The unit asked for, else one's own; others do not exist."""
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    listed = [unit for unit in units if not asked or str(unit.pk) == asked]
    if not listed:
        raise Http404
    return listed[0]


def _reported(form: ContactForm, by: Person) -> int:
    """Report it once, however often it is sent; answers its number."""
    typed = checked(form)

    def do() -> dict[str, object]:
        return {"contact": report_contact(new=form.new(), by=by, at=now()).pk}

    asked = {name: value for name, value in typed.items() if name != "key"}
    answer = once(person_id=by.pk, key=typed["key"], request={"contact": "new", **asked}, do=do)
    return int(str(answer["contact"]))


def _form_page(
    request: PersonRequest,
    form: ContactForm,
    holder: Unit,
    problems: Sequence[Problem],
    more: Mapping[str, object],
) -> HttpResponse:
    ticked = _ticked(form, request.user, holder)
    ours = [(one, str(one.post_id) in ticked) for one in reads.ours_for(holder, _day(form))]
    leaders = [pair for pair in ours if pair[0].leads]
    context = {
        "form": form,
        "holder": holder,
        "problems": problems,
        "own": [pair for pair in ours if not pair[0].leads],
        "leaders": leaders,
        "led": any(there for _, there in leaders),
        **more,
    }
    return render(request, "standing/contact_form.html", context, status=status_of(request))


def _ticked(form: ContactForm, person: Person, holder: Unit) -> set[str]:
    """Who is ticked: as it was sent, as it was said before, else whoever fills it in."""
    if form.is_bound:
        return set(texts_in(form, "present"))
    own = {str(post.pk) for post in person.held if post.unit_id == holder.pk}
    return set(form.initial.get("present", own))


def _day(form: ContactForm) -> date:
    """Whose posts are offered: those of the day that was typed, else of today."""
    day = form.cleaned_data.get("happened_on") if form.is_bound and not form.is_valid() else None
    return day or today()


@needs(Can.REPORT_CONTACT)
def contact_correct(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Say how it really was; the first word stays on record."""
    old = _to_change(request, contact_id)
    plain = ("kind", "happened_on", "investor", "place", "text", "result")
    form = CorrectForm(
        posted(request),
        units=[old.holder],
        projects=reads.projects_for(old.holder, request.user),
        initial={
            **{name: getattr(old, name) for name in plain},
            "unit": old.holder_id,
            "project": old.project_id,
            "present": [str(pk) for pk in old.post_ids],
            "days": Decimal(old.half_days) / 2 if old.half_days else None,
        },
    )
    problems = NONE
    if request.method == "POST":
        try:
            reason = checked(form)["reason"]
            made = correct_contact(
                contact=old, new=form.new(), reason=reason, by=request.user, at=now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已更正，原来的一条留在账上"))
            return redirect("contact", contact_id=made.pk)
    return _form_page(request, form, old.holder, problems, {"old": old})


@needs(Can.REPORT_CONTACT)
def contact_withdraw(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Take back what should not have been reported."""
    one = _to_change(request, contact_id)
    form, problems = ReasonForm(posted(request)), NONE
    if request.method == "POST":
        try:
            withdraw_contact(contact=one, by=request.user, at=now(), **checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已撤回，账上留有经过"))
            return redirect("contact", contact_id=one.pk)
    context = {"contact": one, "form": form, "problems": problems}
    return render(request, "standing/contact_withdraw.html", context, status=status_of(request))


def _to_change(request: PersonRequest, contact_id: int) -> Contact:
    one = _in_sight(request, contact_id)
    if not _reports(request.user, one):
        raise PermissionDenied
    return one
