"""One small county's units and people, valid with no arguments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from yipanqi.org.actions import Terms, found_group, load_org
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind, Role

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Noon in China on the day on which examples play."""

PROMOTION = "招商促进局"
TOWNSHIPS = {"青山镇": "qingshan", "柳河镇": "liuhe"}
ZONES = {"经济开发区": "kaifaqu"}
SEATS = {"县长岗位": "xianzhang", "副县长岗位": "fuxianzhang"}
OFFICES = {
    PROMOTION: "zhaoshang",
    "市场监督管理局": "shichang",
    "自然资源局": "ziran",
    "发展和改革局": "fagai",
    "统计局": "tongji",
    "住房和城乡建设局": "zhujian",
    "工业和信息化局": "gongxin",
    "财政局": "caizheng",
}


@dataclass(frozen=True)
class County:
    """A place with its units by name and its people by account."""

    place: Unit
    units: dict[str, Unit]
    people: dict[str, Person]

    @property
    def clerk(self) -> Person:
        """Who does the investment promotion bureau's daily work."""
        return self.people["clerk"]

    @property
    def chief(self) -> Person:
        """Who answers for the investment promotion bureau."""
        return self.people["chief"]

    @property
    def leader(self) -> Person:
        """Who sits in the first seat."""
        return self.people["xianzhang"]

    @property
    def administrator(self) -> Person:
        """Who looks after the system and sees no project."""
        return self.people["administrator"]

    def liaison(self, unit: str = "青山镇") -> Person:
        """Who reports for a township or a zone."""
        return self.people[{**TOWNSHIPS, **ZONES}[unit]]

    def verifier(self, office: str = PROMOTION) -> Person:
        """Who verifies for an office."""
        return self.people[OFFICES[office]]


def make_org(
    name: str = "青禾县", *, prefix: str = "", password: str = "", at: datetime = NOON
) -> County:
    """A county with its units and people and without definitions; a second one needs a `prefix`."""
    place = load_org(plan(name, prefix), by=None, at=at, password=password)
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    people = Person.objects.filter(posts__unit__path__startswith=place.path)
    return County(place, units, {p.username.removeprefix(prefix): p for p in people})


def plan(name: str = "青禾县", prefix: str = "") -> dict[str, Any]:
    """The staff list of such a county, as it would be read from its page."""
    return {
        "place": name,
        "units": {
            Kind.SEAT: _staffed(SEATS, Role.LEADER, prefix),
            Kind.TOWNSHIP: _staffed(TOWNSHIPS, Role.LIAISON, prefix),
            Kind.DEPARTMENT: _offices(prefix),
            Kind.ZONE: _staffed(ZONES, Role.LIAISON, prefix),
        },
        "people": [_person(f"{prefix}administrator", Role.ADMINISTRATOR)],
        "pairings": {"县长岗位": ["青山镇"], "副县长岗位": ["柳河镇", "经济开发区"]},
    }


def _offices(prefix: str) -> list[dict[str, Any]]:
    offices = _staffed(OFFICES, Role.VERIFIER, prefix)
    offices[0]["people"] += [
        _person(f"{prefix}clerk", Role.CLERK),
        _person(f"{prefix}chief", Role.CHIEF),
    ]
    return offices


def _staffed(units: dict[str, str], role: Role, prefix: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "people": [_person(f"{prefix}{account}", role)]}
        for name, account in units.items()
    ]


def _person(account: str, role: Role) -> dict[str, Any]:
    return {
        "account": account,
        "name": f"王{account}",
        "title": str(role.label),
        "role": role,
        "from": date(2024, 1, 1),
    }


def make_group(
    county: County, *, name: str = "食品产业招商组", kind: Kind = Kind.TEAM, **changes: Any
) -> Unit:
    """A group of the county that nobody has joined yet."""
    terms: dict[str, Any] = {"purpose": "招引食品加工企业", "founded_on": date(2026, 1, 5)}
    return found_group(
        name=name,
        kind=kind,
        parent=county.place,
        terms=Terms(**{**terms, **changes}),
        by=county.clerk,
        at=NOON,
    )
