"""Whether a staff list as people write it would load."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.org.rules import Capacity, Function, Kind, Role

Written = Mapping[str, Any]  # a part of the page as parsed


def plan_problems(plan: Written) -> Iterator[Problem]:
    """Everything in a staff list that would not load, with where it stands."""
    if missing := [key for key in ("place", "units") if not plan.get(key)]:
        yield Problem(
            text=_("缺少“%(missing)s”这一项") % {"missing": "、".join(missing)}, where=_("单位名录")
        )
        return
    listed = [(kind, unit) for kind, units in plan["units"].items() for unit in units]
    yield from _kind_problems(plan["units"], set(Kind) - Kind.groups(), "units")
    yield from _doubled("units", [str(unit.get("name")) for _kind, unit in listed])
    kinds = {str(unit.get("name")): kind for kind, unit in listed}
    for part in ("pairings", "enterprises", "lines"):
        yield from _seat_problems(part, plan.get(part) or {}, kinds)
    people = [entry for _kind, unit in listed for entry in unit.get("people") or ()]
    people += plan.get("people") or ()
    yield from _doubled("people", [str(entry.get("account")) for entry in people])
    for entry in people:
        yield from _person_problems(entry)
    accounts = {str(entry.get("account")) for entry in people}
    yield from _function_problems(plan.get("functions") or {}, kinds)
    yield from _groups_problems(plan.get("groups") or {}, kinds, accounts)


def _kind_problems(kinds: Iterable[str], among: Iterable[Kind], where: str) -> Iterator[Problem]:
    values = [kind.value for kind in Kind if kind in set(among)]
    for kind in kinds:
        if kind not in values:
            told = {"kind": kind, "known": "、".join(values)}
            yield Problem(text=_("没有“%(kind)s”这一类单位，可用：%(known)s") % told, where=where)


def _seat_problems(
    part: str, pairings: Mapping[str, Sequence[str]], kinds: Mapping[str, str]
) -> Iterator[Problem]:
    """Who answers must be a seat; units that are answered for must be in the list."""
    for seat, paired in pairings.items():
        yield from _strangers([seat, *(paired if part == "pairings" else ())], kinds, part)
        if kinds.get(seat, Kind.SEAT) != Kind.SEAT:
            text = _("“%(seat)s”不是县领导岗位，不能包保") % {"seat": seat}
            yield Problem(text=text, where=part)


def _person_problems(entry: Written) -> Iterator[Problem]:
    where = f"people {entry.get('account', '')}".strip()
    wanted = ("account", "name", "title", "role", "from")
    if missing := [key for key in wanted if not entry.get(key)]:
        yield Problem(text=_("缺少“%(missing)s”") % {"missing": "、".join(missing)}, where=where)
    elif entry["role"] not in Role.values:
        told = {"role": entry["role"], "known": "、".join(Role.values)}
        yield Problem(text=_("没有“%(role)s”这个角色，可用：%(known)s") % told, where=where)
    yield from _capacity_problems([entry.get("capacity", Capacity.MEMBER)], where)


def _capacity_problems(given: Iterable[str], where: str) -> Iterator[Problem]:
    for capacity in given:
        if capacity not in Capacity.values:
            told = {"capacity": capacity, "known": "、".join(Capacity.values)}
            yield Problem(text=_("没有“%(capacity)s”这种身份，可用：%(known)s") % told, where=where)


def _function_problems(
    functions: Mapping[str, Sequence[str]], kinds: Mapping[str, str]
) -> Iterator[Problem]:
    for function, units in functions.items():
        if function not in Function.values:
            told = {"function": function, "known": "、".join(Function.values)}
            text = _("没有“%(function)s”这项职能，可用：%(known)s") % told
            yield Problem(text=text, where="functions")
        yield from _strangers(units, kinds, "functions")


def _groups_problems(
    groups: Mapping[str, Sequence[Written]], kinds: Mapping[str, str], accounts: set[str]
) -> Iterator[Problem]:
    yield from _kind_problems(groups, Kind.groups(), "groups")
    named = [group for listed in groups.values() for group in listed]
    names = [str(group.get("name")) for group in named]
    yield from _doubled("groups", [*kinds, *names])
    for group in named:
        where = f"groups {group.get('name', '')}".strip()
        if missing := [key for key in ("name", "purpose", "founded") if not group.get(key)]:
            text = _("缺少“%(missing)s”") % {"missing": "、".join(missing)}
            yield Problem(text=text, where=where)
        above = [group[key] for key in ("in", "office", "leader") if group.get(key)]
        units = group.get("units") or {}
        yield from _strangers([*above, *units], {*kinds, *names}, where)
        yield from _capacity_problems(units.values(), where)
        yield from _member_problems(group, accounts, where)


def _member_problems(group: Written, accounts: set[str], where: str) -> Iterator[Problem]:
    """Somebody in a group is in the list already, or comes with a name."""
    for entry in group.get("people") or ():
        if entry.get("account") not in accounts and not entry.get("name"):
            told = _("账号“%(account)s”不在名单里；新的人要写姓名")
            yield Problem(text=told % {"account": entry.get("account", "")}, where=where)
        yield from _capacity_problems([entry.get("capacity", Capacity.MEMBER)], where)


def _strangers(names: Iterable[str], known: Iterable[str], where: str) -> Iterator[Problem]:
    have = set(known)
    for name in names:
        if name not in have:
            yield Problem(text=_("单位“%(name)s”不在名单里") % {"name": name}, where=where)


def _doubled(where: str, names: Sequence[str]) -> Iterator[Problem]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(text=_("“%(name)s”列了不止一次") % {"name": name}, where=where)
