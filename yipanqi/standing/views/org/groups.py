"""Groups: the list of them, how one is founded, who is in it, what it has to have done by when."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions import (
    Terms,
    amend_charter,
    appoint,
    end_post,
    finish_milestone,
    found_group,
    join,
    leave,
    set_milestone,
)
from yipanqi.org.models import Charter, Membership, Milestone, Person, Unit
from yipanqi.org.rules import Can, Capacity, Kind, Role
from yipanqi.standing.access import group_for, post_for, unit_for
from yipanqi.standing.forms.organise import (
    CharterEditForm,
    EndForm,
    GroupForm,
    JoinForm,
    MilestoneChangeForm,
    MilestoneDoneForm,
    MilestoneForm,
    WhyForm,
    named,
)
from yipanqi.standing.forms.people import MemberForm
from yipanqi.standing.reads.organisation import groups_by_kind, groups_of, people_of, units_of
from yipanqi.standing.shell import here
from yipanqi.standing.views.org.sheet import Sheet, Typed, filled
from yipanqi.standing.views.org.units import unit_page
from yipanqi.standing.views.sent import posted


@needs(Can.SEE_ORG)
def groups(request: PersonRequest) -> HttpResponse:
    """Every group by kind: who heads it, how many are in it, how far it is."""
    mine = Unit.objects.visible_to(request.user).groups()
    gone = request.GET.get("show") == "gone"
    listed = groups_of(
        mine.exclude(pk__in=mine.standing()) if gone else mine.standing(), here(request).today
    )
    context = {"kinds": groups_by_kind(listed), "number": len(listed), "gone": gone}
    return render(request, "standing/org/groups.html", context)


@needs(Can.SET_ORG)
def group_new(request: PersonRequest) -> HttpResponse:
    """Found a group: what it is for, on what document it rests, who keeps its office."""
    units = units_of(request.user)
    by_key = {unit.pk: unit for unit in units}
    offices = [unit for unit in units if not unit.is_group]
    form = GroupForm(
        posted(request),
        parents=named(offices),
        offices=named(offices),
        initial={"founded_on": today(), "kind": request.GET.get("kind", "")},
    )

    def do(typed: Typed) -> str:
        name, kind = typed.pop("name"), Kind(typed.pop("kind"))
        parent = by_key.get(typed.pop("parent")) or by_key[request.user.place_id]
        terms = Terms(**{**typed, "office": by_key.get(typed["office"])})
        group = found_group(
            name=name, kind=kind, parent=parent, terms=terms, by=request.user, at=now()
        )
        return unit_page(group.pk)

    sheet = Sheet(
        heading=_("组建"), back=reverse("groups"), submit=_("组建"), done=_("已组建，请接着定成员")
    )
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def charter_edit(request: PersonRequest, group_id: int) -> HttpResponse:
    """Change what a group is for, or on what it rests."""
    group = group_for(request.user, group_id, Can.SET_ORG)
    charter = get_object_or_404(Charter, unit=group)
    offices = {unit.pk: unit for unit in units_of(request.user, groups=False)}
    initial = {
        name: getattr(charter, name) for name in ("purpose", "basis", "founded_on", "version")
    }
    form = CharterEditForm(
        posted(request),
        offices=named(offices.values()),
        initial={
            **initial,
            "office": charter.office_id,
            "industries": charter.covers,
            "enterprises": charter.led_by,
        },
    )

    def do(typed: Typed) -> None:
        version, reason = typed.pop("version"), typed.pop("reason")
        terms = Terms(**{**typed, "office": offices.get(typed["office"])})
        amend_charter(charter, terms, version=version, reason=reason, by=request.user, at=now())

    sheet = _of(group, _("修改%s的组建依据") % group, _("保存"), _("已保存"))
    return filled(request, form, sheet, do)


def _of(group: Unit, heading: str, submit: str, done: str, *, danger: bool = False) -> Sheet:
    """A page that comes from a group's page and goes back there."""
    return Sheet(heading=heading, back=unit_page(group.pk), submit=submit, done=done, danger=danger)


@needs(Can.SET_ORG)
def member_unit_new(request: PersonRequest, group_id: int) -> HttpResponse:
    """A unit joins a group."""
    group = group_for(request.user, group_id, Can.SET_ORG)
    others = {unit.pk: unit for unit in units_of(request.user) if unit != group}
    form = JoinForm(posted(request), units=named(others.values()))

    def do(typed: Typed) -> None:
        join(
            group=group,
            unit=others[typed["unit"]],
            capacity=Capacity(typed["capacity"]),
            by=request.user,
            at=now(),
        )

    sheet = _of(group, _("给%s加成员单位") % group, _("加入"), _("成员单位已加入"))
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def member_unit_end(request: PersonRequest, membership_id: int) -> HttpResponse:
    """A unit leaves a group."""
    seen = Membership.objects.filter(group__in=Unit.objects.visible_to(request.user))
    membership = get_object_or_404(seen.select_related("group", "unit"), pk=membership_id)
    group = unit_for(request.user, membership.group_id, Can.SET_ORG)

    def do(typed: Typed) -> None:
        leave(membership, by=request.user, at=now(), **typed)

    told = _("%(unit)s退出%(group)s") % {"unit": membership.unit, "group": group}
    sheet = _of(group, told, _("退出"), _("已退出，历史仍在"), danger=True)
    return filled(request, WhyForm(posted(request)), sheet, do)


@needs(Can.SET_ORG)
def member_new(request: PersonRequest, group_id: int) -> HttpResponse:
    """A person joins a group, and from then on sees the projects in which it takes part."""
    group = group_for(request.user, group_id, Can.SET_ORG)
    form = MemberForm(posted(request), people=people_of(request.user), initial={"from_on": today()})

    def do(typed: Typed) -> None:
        person = Person.objects.visible_to(request.user).get(pk=typed.pop("person"))
        capacity = Capacity(typed.pop("capacity"))
        appoint(
            person=person,
            unit=group,
            role=Role.MEMBER,
            capacity=capacity,
            main=False,
            by=request.user,
            at=now(),
            **typed,
        )

    sheet = _of(group, _("给%s加成员") % group, _("加入"), _("成员已加入"))
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def member_end(request: PersonRequest, member_id: int) -> HttpResponse:
    """A person leaves a group; other posts are ended by who appoints."""
    post = post_for(request.user, member_id, Can.SET_ORG)
    if not post.unit.is_group or post.role != Role.MEMBER:
        raise Http404
    form = EndForm(posted(request), initial={"on": today()})

    def do(typed: Typed) -> None:
        end_post(post, by=request.user, at=now(), **typed)

    told = _("%(person)s退出%(group)s") % {"person": post.person, "group": post.unit}
    sheet = _of(post.unit, told, _("退出"), _("已退出，历史仍在"), danger=True)
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def milestone_new(request: PersonRequest, group_id: int) -> HttpResponse:
    """Set what a group has to have done by a day."""
    group = group_for(request.user, group_id, Can.SET_ORG)

    def do(typed: Typed) -> None:
        set_milestone(group=group, by=request.user, at=now(), **typed)

    sheet = _of(group, _("给%s定节点任务") % group, _("保存"), _("节点任务已定"))
    return filled(request, MilestoneForm(posted(request)), sheet, do)


@needs(Can.SET_ORG)
def milestone_change(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Set a milestone anew, with the reason; the old one stays known."""
    milestone = _milestone(request, milestone_id)
    initial = {"what": milestone.what, "due_on": milestone.due_on}

    def do(typed: Typed) -> None:
        set_milestone(group=milestone.group, replaces=milestone, by=request.user, at=now(), **typed)

    sheet = _of(milestone.group, _("调整节点任务"), _("调整"), _("节点任务已调整"))
    return filled(request, MilestoneChangeForm(posted(request), initial=initial), sheet, do)


@needs(Can.SET_ORG)
def milestone_done(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """A group has done what it had to."""
    milestone = _milestone(request, milestone_id)
    form = MilestoneDoneForm(posted(request), initial={"on": today()})

    def do(typed: Typed) -> None:
        finish_milestone(milestone, by=request.user, at=now(), **typed)

    heading = _("完成节点任务：%s") % milestone.what
    sheet = _of(milestone.group, heading, _("登记完成"), _("已登记完成"))
    return filled(request, form, sheet, do)


def _milestone(request: PersonRequest, milestone_id: int) -> Milestone:
    seen = Milestone.objects.filter(group__in=Unit.objects.visible_to(request.user))
    milestone = get_object_or_404(seen.select_related("group"), pk=milestone_id)
    unit_for(request.user, milestone.group_id, Can.SET_ORG)
    return milestone
