"""Whether a staff list as people write it would load."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.org.rules import Kind, Role


def plan_problems(plan: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything in a staff list that would not load, with where it stands."""
    if missing := [key for key in ("place", "units") if not plan.get(key)]:
        yield Problem(
            text=_("缺少“%(missing)s”这一项") % {"missing": "、".join(missing)}, where=_("单位名录")
        )
        return
    listed = [(kind, unit) for kind, units in plan["units"].items() for unit in units]
    yield from _kind_problems(plan["units"])
    yield from _doubled("units", [str(unit.get("name")) for _, unit in listed])
    yield from _pairing_problems(plan.get("pairings") or {}, listed)
    people = [entry for _, unit in listed for entry in unit.get("people") or ()]
    people += plan.get("people") or ()
    yield from _doubled("people", [str(entry.get("account")) for entry in people])
    for entry in people:
        yield from _person_problems(entry)


def _kind_problems(kinds: Iterable[str]) -> Iterator[Problem]:
    for kind in kinds:
        if kind not in Kind.values:
            known = "、".join(Kind.values)
            yield Problem(
                text=_("没有“%(kind)s”这一类单位，可用：%(known)s")
                % {"kind": kind, "known": known},
                where="units",
            )


def _pairing_problems(
    pairings: Mapping[str, Sequence[str]], listed: Sequence[tuple[str, Mapping[str, Any]]]
) -> Iterator[Problem]:
    kinds = {unit.get("name"): kind for kind, unit in listed}
    for seat, paired in pairings.items():
        for name in (seat, *paired):
            if name not in kinds:
                yield Problem(text=_("单位“%(name)s”不在名单里") % {"name": name}, where="pairings")
        if kinds.get(seat, Kind.SEAT) != Kind.SEAT:
            yield Problem(
                text=_("“%(seat)s”不是县领导岗位，不能包保") % {"seat": seat}, where="pairings"
            )


def _person_problems(entry: Mapping[str, Any]) -> Iterator[Problem]:
    where = f"people {entry.get('account', '')}".strip()
    wanted = ("account", "name", "title", "role", "from")
    if missing := [key for key in wanted if not entry.get(key)]:
        yield Problem(text=_("缺少“%(missing)s”") % {"missing": "、".join(missing)}, where=where)
    elif entry["role"] not in Role.values:
        known = "、".join(Role.values)
        yield Problem(
            text=_("没有“%(role)s”这个角色，可用：%(known)s")
            % {"role": entry["role"], "known": known},
            where=where,
        )


def _doubled(where: str, names: Sequence[str]) -> Iterator[Problem]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(text=_("“%(name)s”列了不止一次") % {"name": name}, where=where)
