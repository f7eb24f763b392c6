"""The columns of lists that people keep in tables: contacts, tasks, returns, leaders, units, people."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yipanqi.core.lists import Column, Look
from yipanqi.core.numbers import shown
from yipanqi.facts.activities.models import Contact
from yipanqi.facts.returns.rules import State
from yipanqi.org.models import Person, Post
from yipanqi.place.rules import Indicator
from yipanqi.standing.reads import leaders, organisation, returns, tasks
from yipanqi.standing.reads.pace import Pace

RETURNED = {
    State.ON_TIME: gettext_noop("按时"),
    State.LATE: gettext_noop("迟报"),
    State.MISSING: gettext_noop("缺报"),
    State.AWAITED: gettext_noop("待报"),
}


def contact_columns() -> tuple[Column, ...]:
    """Of contacts with investors."""
    return (
        Column("investor", _("对方单位"), value=lambda one: one.investor),
        Column("day", _("日期"), look=Look.DAY, value=lambda one: one.happened_on),
        Column("kind", _("方式"), value=lambda one: one.get_kind_display()),
        Column("place", _("地点"), value=lambda one: one.place),
        Column("unit", _("单位"), value=lambda one: one.holder.name),
        Column("ours", _("我方参加"), value=_present),
        Column("text", _("谈了什么"), look=Look.LONG, value=lambda one: one.text),
        Column("result", _("结果和下一步"), look=Look.LONG, value=lambda one: one.result),
        Column("project", _("有关项目"), value=lambda one: one.project and one.project.name),
    )


def _present(contact: Contact) -> tuple[str, ...]:
    return tuple(one.post.person.name for one in contact.presences.all())


def target_columns(indicators: Iterable[Indicator]) -> tuple[Column, ...]:
    """Of holders with their tasks: what was set and pledged, what is done, which share of it."""
    each = (column for one in indicators for column in _tasked(one))
    return (
        Column("unit", _("单位"), value=lambda row: row.unit.name),
        Column("kind", _("类别"), value=lambda row: row.unit.get_kind_display()),
        *each,
    )


def _tasked(indicator: Indicator) -> Iterable[Column]:
    parts: tuple[tuple[str, str, Callable[[Pace], Fraction | int | None]], ...] = (
        ("assigned", _("%(name)s 任务（%(unit)s）"), lambda pace: pace.assigned),
        ("pledged", _("%(name)s 认领（%(unit)s）"), lambda pace: pace.pledged),
        ("done", _("%(name)s 完成（%(unit)s）"), lambda pace: pace.done),
    )
    named = {"name": indicator.name, "unit": indicator.unit}
    for key, label, amount in parts:
        yield Column(
            *(f"{indicator.code}_{key}", label % named),
            look=Look.NUMBER,
            value=partial(_told, indicator, amount),
        )
    yield Column(
        *(f"{indicator.code}_share", _("%(name)s 完成率（%%）") % named),
        look=Look.NUMBER,
        value=partial(_share, indicator),
    )


def _pace(indicator: Indicator, row: tasks.Row) -> Pace | None:
    """How a holder is with a task; nothing where its kind has none."""
    return next((pace for pace in row.paces if pace.indicator.code == indicator.code), None)


def _told(
    indicator: Indicator, amount: Callable[[Pace], Fraction | int | None], row: tasks.Row
) -> str | None:
    """An amount in the unit of its indicator, as a number."""
    pace = _pace(indicator, row)
    kept = None if pace is None else amount(pace)
    return None if kept is None else indicator.told(kept).replace(",", "")


def _share(indicator: Indicator, row: tasks.Row) -> str | None:
    pace = _pace(indicator, row)
    return None if pace is None or pace.share is None else shown(pace.share * 100, 1)


def return_columns(rows: list[returns.Row]) -> tuple[Column, ...]:
    """Of holders with their months of this year."""
    months = [cell.month for cell in rows[0].cells] if rows else []
    return (
        Column("unit", _("单位"), value=lambda row: row.unit.name),
        *(
            Column(
                *(f"month_{at + 1}", _("%(month)d 月") % {"month": month.month}),
                value=partial(_returned, at),
            )
            for at, month in enumerate(months)
        ),
        Column("times", _("按时次数"), look=Look.NUMBER, value=_punctual),
    )


def _returned(at: int, row: returns.Row) -> str:
    return _(RETURNED[row.cells[at].state])


def _punctual(row: returns.Row) -> int:
    return sum(cell.state is State.ON_TIME for cell in row.cells)


def leader_columns() -> tuple[Column, ...]:
    """Of leaders with what they answer for."""
    counted: tuple[tuple[str, str, Callable[[leaders.Row], Any]], ...] = (
        ("paired", _("包保项目"), lambda row: row.paired),
        ("line", _("战线上的项目"), lambda row: row.in_line),
        ("met", _("本年接洽"), lambda row: row.met.number),
        ("silent", _("距最近接洽天数"), lambda row: row.days),
        ("late", _("检查逾期"), lambda row: row.seen.late),
    )
    return (
        Column("leader", _("领导"), value=lambda row: row.person and row.person.name),
        Column("seat", _("岗位"), value=lambda row: row.seat.name),
        Column("pairings", _("包保"), look=Look.LONG, value=_paired),
        *(Column(key, label, look=Look.NUMBER, value=value) for key, label, value in counted),
        Column("seen", _("最近检查"), look=Look.DAY, value=lambda row: row.seen.last_on),
    )


def _paired(row: leaders.Row) -> tuple[str, ...]:
    return tuple(str(one.with_what) for one in row.pairings)


def unit_columns() -> tuple[Column, ...]:
    """Of units with who heads them and who reports for them."""
    return (
        Column("unit", _("单位"), value=lambda row: row.unit.name),
        Column("kind", _("类别"), value=lambda row: row.unit.get_kind_display()),
        Column("parent", _("上级单位"), value=lambda row: row.unit.parent and row.unit.parent.name),
        Column("heads", _("负责人"), value=lambda row: _names(row.heads)),
        Column("liaisons", _("联络员"), value=lambda row: _names(row.liaisons)),
        Column("substitutes", _("替补"), value=lambda row: _names(row.substitutes)),
        Column("leaders", _("包保领导"), value=lambda row: tuple(row.leaders)),
        Column("terms", _("任期"), look=Look.LONG, value=_terms),
    )


def _names(posts: Iterable[Post]) -> tuple[str, ...]:
    return tuple(post.person.name for post in posts)


def _terms(row: organisation.Row) -> tuple[str, ...]:
    return tuple(f"{post.person.name} {lamp.words}" for post, lamp in row.terms)


def people_columns(*, phones: bool) -> tuple[Column, ...]:
    """Of people with their posts; account and telephone for who may know."""
    private = (
        Column("username", _("账号"), value=lambda one: one.username),
        Column("phone", _("电话"), value=lambda one: one.phone),
    )
    return (
        Column("name", _("姓名"), value=lambda one: one.name),
        Column("posts", _("任职"), look=Look.LONG, value=_posts),
        Column("roles", _("角色"), value=_roles),
        Column("active", _("账号状态"), value=_active),
        *(private if phones else ()),
    )


def _held(person: Person) -> list[Post]:
    return [post for post in person.posts.all() if post.to_on is None]


def _posts(person: Person) -> tuple[str, ...]:
    return tuple(f"{post.unit.name} {post.title}".strip() for post in _held(person))


def _roles(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(post.get_role_display()) for post in _held(person)))


def _active(person: Person) -> str:
    return _("启用") if person.is_active else _("停用")
