"""A preset has no people: an invented place made from it gets somebody for every post."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count, product
from typing import Any

from yipanqi.org.rules import Capacity, Kind, Role

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蔡蒋余杜叶程苏魏吕丁任"
GIVEN = (
    "建华",
    "晓梅",
    "志强",
    "丽娟",
    "国庆",
    "玉兰",
    "海涛",
    "春燕",
    "文斌",
    "秀英",
    "立新",
    "雪莲",
)
IN_A_TEAM = 4
"""So many serve in a team, an outpost, a committee's office, a county and a zone."""

Written = Mapping[str, Any]  # a staff list as parsed


class Staff:
    """Hands out names and accounts, everybody another one; the same list, the same people."""

    def __init__(self, since: date) -> None:
        self.since = since
        self._names = (surname + given for given, surname in product(GIVEN, SURNAMES))
        self._numbers: dict[str, Iterator[int]] = {}

    def person(self, account: str, title: str, role: Role, **more: object) -> dict[str, Any]:
        """Somebody for a post; an account that ends in - gets a number."""
        if account.endswith("-"):
            numbers = self._numbers.setdefault(account, count(1))
            account = f"{account[:-1]}{next(numbers):02}"
        name = next(self._names)
        told = {"account": account, "name": name, "title": title, "role": role.value}
        return {**told, "from": self.since, **more}


def staffed(plan: Written, *, bureau: str, offices: frozenset[str], since: date) -> dict[str, Any]:
    """The same staff list with a person for everything that somebody has to do."""
    staff = Staff(since)
    units = {
        kind: [
            {**unit, "people": list(_of_unit(staff, kind, unit["name"], offices))}
            for unit in listed
        ]
        for kind, listed in plan["units"].items()
    }
    for unit in (one for listed in units.values() for one in listed if one["name"] == bureau):
        unit["people"] += [
            staff.person("fuzeren", "局长", Role.CHIEF),
            staff.person("jingban", "综合科科长", Role.CLERK),
        ]
    groups = {
        kind: [{**group, "people": list(_of_group(staff, kind))} for group in listed]
        for kind, listed in (plan.get("groups") or {}).items()
    }
    people = [staff.person("admin", "系统管理员", Role.ADMINISTRATOR)]
    return {**plan, "units": units, "groups": groups, "people": people}


def _of_unit(
    staff: Staff, kind: str, name: str, offices: frozenset[str]
) -> Iterator[dict[str, Any]]:
    if kind == Kind.SEAT:
        yield staff.person("ld-", name, Role.LEADER)
        return
    yield staff.person("ll-", "联络员", Role.LIAISON)
    if name in offices:
        yield staff.person("rd-", "认定专员", Role.VERIFIER)
    if kind in {Kind.COUNTY, Kind.ZONE}:
        for _ in range(IN_A_TEAM - 1):
            yield staff.person("ry-", "招商专员", Role.MEMBER)


def _of_group(staff: Staff, kind: str) -> Iterator[dict[str, Any]]:
    if kind in {Kind.TEAM, Kind.BRANCH, Kind.OUTPOST, Kind.COMMITTEE}:
        yield staff.person("dz-", "组长", Role.MEMBER, capacity=Capacity.HEAD.value)
        for _ in range(IN_A_TEAM - 1):
            yield staff.person("dy-", "队员", Role.MEMBER)
