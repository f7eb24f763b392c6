"""People: who they are, which posts they hold and held, their accounts and passwords."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core import sheets
from yipanqi.core.clock import now, today
from yipanqi.core.lists import page_of
from yipanqi.core.problems import Problem, Refused
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, known, needs
from yipanqi.org.actions import (
    amend_person,
    amend_post,
    appoint,
    change_password,
    end_post,
    open_person,
    reset_password,
)
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Capacity, Role
from yipanqi.standing.access import person_for, post_for, refuse_beyond, unit_for
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.organise import EndForm, named
from yipanqi.standing.forms.people import (
    ActiveForm,
    NewPersonForm,
    NothingForm,
    PasswordForm,
    PersonForm,
    PostEditForm,
    PostForm,
)
from yipanqi.standing.reads.organisation import people_of, term_lamp, units_of
from yipanqi.standing.reads.sheets import people_columns
from yipanqi.standing.shell import here
from yipanqi.standing.views.org.sheet import Sheet, Typed, filled
from yipanqi.standing.views.org.units import unit_page
from yipanqi.standing.views.sent import number_in, posted, status_of


@needs(Can.SEE_ORG)
def people(request: PersonRequest) -> HttpResponse | FileResponse:
    """Everybody of the place, found by name, account, unit or title."""
    found = Person.objects.visible_to(request.user)
    text, unit_id = request.GET.get("q", "").strip(), number_in(request, "unit")
    if text:
        wanted = Q(name__icontains=text) | Q(username__icontains=text)
        wanted |= Q(posts__title__icontains=text, posts__to_on__isnull=True)
        wanted |= Q(posts__unit__name__icontains=text, posts__to_on__isnull=True)
        found = found.filter(wanted).distinct()
    if unit_id:
        found = found.filter(posts__unit=unit_id, posts__to_on__isnull=True).distinct()
    number = found.count()
    rows = found.order_by("-is_active", "pk").prefetch_related("posts__unit")
    page = page_of(rows, request.GET.get("page", ""), length=number)
    asked, phones = [text] if text else [], request.user.may(Can.APPOINT)
    sheet = sheets.Sheet(
        title=_("人员"),
        says=says(request, asked, today().isoformat()),
        columns=people_columns(phones=phones),
        rows=rows.iterator(chunk_size=500),
    )
    file, problems = taken_away(request, Listed.PEOPLE, sheet)
    if file:
        return file
    shown = [(one, [post for post in one.posts.all() if post.to_on is None]) for one in page]
    context = {"page": page, "rows": shown, "number": number, "q": text}
    context |= {"phones": phones, "problems": problems}
    return render(request, "standing/org/people.html", context, status=422 if problems else 200)


@needs(Can.SEE_ORG)
def person(request: PersonRequest, person_id: int) -> HttpResponse:
    """One person: posts past and present, and how to reach them for who may know."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=person_id)
    day = here(request).today
    posts = list(found.posts.select_related("unit").order_by("-from_on", "-pk"))
    mine = _manages(request.user, found)
    context = {
        "person": found,
        "held": [(post, term_lamp(post, day)) for post in posts if post.to_on is None],
        "past": [post for post in posts if post.to_on],
        "manages": mine,
        "phone": mine or found == request.user,
    }
    return render(request, "standing/org/person.html", context)


def _manages(person: Person, other: Person) -> bool:
    try:
        if not person.may(Can.APPOINT):
            return False
        person_for(person, other.pk)
    except PermissionDenied:
        return False
    return True


def person_page(person_id: int) -> str:
    """The address of one person."""
    return reverse("person", args=[person_id])


@needs(Can.APPOINT)
def person_new(request: PersonRequest) -> HttpResponse:
    """Open an account with its first post; its password is told once."""
    units = {unit.pk: unit for unit in units_of(request.user)}
    initial = {"from_on": today(), "unit": number_in(request, "unit")}
    form = NewPersonForm(posted(request), units=named(units.values()), initial=initial)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made, password = _opened(request, checked(form), units)
        except Refused as refused:
            problems = refused.problems
        else:
            return _slip(request, made, password)
    sheet = Sheet(
        heading=_("开设账号"),
        back=reverse("people"),
        submit=_("开设"),
        done="",
        sub=_("保存后显示一次性密码，只显示这一次；本人登录后要改成自己的密码"),
    )
    context = {"form": form, "sheet": sheet, "problems": problems}
    return render(request, "standing/org/form.html", context, status=status_of(request))


@transaction.atomic
def _opened(request: PersonRequest, typed: Typed, units: dict[int, Unit]) -> tuple[Person, str]:
    unit = units[typed.pop("unit")]
    refuse_beyond(request.user, unit, Can.APPOINT)
    who = {name: typed.pop(name) for name in ("username", "name", "phone")}
    made = open_person(**who, by=request.user, at=now())
    role, capacity = Role(typed.pop("role")), Capacity(typed.pop("capacity"))
    appoint(
        person=made, unit=unit, role=role, capacity=capacity, by=request.user, at=now(), **typed
    )
    return made, reset_password(made, by=request.user, at=now())


def _slip(request: PersonRequest, made: Person, password: str) -> HttpResponse:
    """The password, this once."""
    context = {"person": made, "password": password}
    return render(request, "standing/org/password_slip.html", context)


@needs(Can.APPOINT)
def person_edit(request: PersonRequest, person_id: int) -> HttpResponse:
    """Correct somebody's name or telephone."""
    other = person_for(request.user, person_id)
    initial = {name: getattr(other, name) for name in ("name", "phone", "version")}

    def do(typed: Typed) -> None:
        version = typed.pop("version")
        amend_person(other, typed, version=version, by=request.user, at=now())

    sheet = _about(other, _("修改%s的资料") % other, _("保存"), _("已保存"))
    return filled(request, PersonForm(posted(request), initial=initial), sheet, do)


def _about(other: Person, heading: str, submit: str, done: str) -> Sheet:
    """A page that comes from a person's page and goes back there."""
    return Sheet(heading=heading, back=person_page(other.pk), submit=submit, done=done)


@needs(Can.APPOINT)
def person_active(request: PersonRequest, person_id: int) -> HttpResponse:
    """Close an account, or open it again."""
    other = person_for(request.user, person_id)
    form = ActiveForm(posted(request), initial={"version": other.version})
    opens = not other.is_active

    def do(typed: Typed) -> None:
        amend_person(other, {"is_active": opens}, by=request.user, at=now(), **typed)

    if opens:
        sheet = _about(other, _("恢复%s的账号") % other, _("恢复"), _("账号已恢复"))
    else:
        sheet = _about(other, _("停用%s的账号") % other, _("停用"), _("账号已停用"))
        sub = _("停用后不能登录；职务和记录仍在。离任请另外免去职务")
        sheet = replace(sheet, danger=True, sub=sub)
    return filled(request, form, sheet, do)


@needs(Can.APPOINT)
def person_password(request: PersonRequest, person_id: int) -> HttpResponse:
    """Give somebody a password for one sign-in; it is shown this once."""
    other = person_for(request.user, person_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _slip(request, other, reset_password(other, by=request.user, at=now()))
        except Refused as refused:
            problems = refused.problems
    sheet = replace(
        _about(other, _("重置%s的密码") % other, _("重置"), ""),
        sub=_("原来的密码立即失效；新密码只显示一次，请当面交给本人"),
        danger=True,
    )
    context = {"form": NothingForm(), "sheet": sheet, "problems": problems}
    return render(request, "standing/org/form.html", context, status=status_of(request))


@needs(Can.APPOINT)
def post_new(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Put somebody into a post of a unit."""
    unit = unit_for(request.user, unit_id, Can.APPOINT)
    initial = {"from_on": today(), "person": number_in(request, "person"), "main": True}
    form = PostForm(posted(request), people=people_of(request.user), initial=initial)

    def do(typed: Typed) -> None:
        who = person_for(request.user, typed.pop("person"))
        role, capacity = Role(typed.pop("role")), Capacity(typed.pop("capacity"))
        appoint(
            person=who, unit=unit, role=role, capacity=capacity, by=request.user, at=now(), **typed
        )

    sheet = Sheet(
        heading=_("%s任职") % unit,
        back=unit_page(unit.pk),
        submit=_("任职"),
        done=_("任职已登记"),
        sub=_("还没有账号的人，先到“人员”里开设账号"),
    )
    return filled(request, form, sheet, do)


@needs(Can.APPOINT)
def post_edit(request: PersonRequest, post_id: int) -> HttpResponse:
    """Correct a title, set or extend a term."""
    post = post_for(request.user, post_id, Can.APPOINT)
    columns = ("title", "capacity", "until_on", "version")
    initial = {name: getattr(post, name) for name in columns}

    def do(typed: Typed) -> None:
        version, reason = typed.pop("version"), typed.pop("reason")
        amend_post(post, typed, version=version, reason=reason, by=request.user, at=now())

    told = _("修改任职：%(person)s %(post)s") % {"person": post.person, "post": post}
    sheet = _about(post.person, told, _("保存"), _("已保存"))
    return filled(request, PostEditForm(posted(request), initial=initial), sheet, do)


@needs(Can.APPOINT)
def post_end(request: PersonRequest, post_id: int) -> HttpResponse:
    """Somebody leaves a post; its rights end with it."""
    post = post_for(request.user, post_id, Can.APPOINT)
    form = EndForm(posted(request), initial={"on": today()})

    def do(typed: Typed) -> None:
        end_post(post, by=request.user, at=now(), **typed)

    told = _("免去职务：%(person)s %(post)s") % {"person": post.person, "post": post}
    sheet = replace(
        _about(post.person, told, _("免去"), _("职务已免去，历史仍在")),
        danger=True,
        sub=_("这个职务带来的权利立即停止"),
    )
    return filled(request, form, sheet, do)


@known
def own_password(request: PersonRequest) -> HttpResponse:
    """Choose a password of one's own; whoever has one for a single sign-in comes here first."""
    form = PasswordForm(posted(request))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            typed = checked(form)
            change_password(
                request.user, old=typed["old"], new=typed["new"], by=request.user, at=now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("密码已改"))
            return redirect("home")
    context = {"form": form, "problems": problems}
    return render(request, "standing/org/password.html", context, status=status_of(request))
