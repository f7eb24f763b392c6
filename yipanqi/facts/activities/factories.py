"""One valid contact, and one valid check of a paired project."""

from datetime import date, datetime
from typing import Any

from yipanqi.facts.activities.actions import NewContact, check_project, report_contact
from yipanqi.facts.activities.models import Check, Contact
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.facts.projects.factories import make_project, whole_shares
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.actions import Actor
from yipanqi.org.factories import NOON, County
from yipanqi.org.models import Post, Unit

MET_ON = date(2026, 11, 12)


def post_of(unit: Unit) -> Post:
    """The first post of a unit."""
    return Post.objects.filter(unit=unit).order_by("pk")[0]


def new_contact(
    county: County,
    *,
    unit: str = "青山镇",
    on: date = MET_ON,
    **particulars: Any,  # what else a contact says
) -> NewContact:
    """A visit of the unit's own people to an investor."""
    holder = county.units[unit]
    given = {
        "kind": ContactKind.VISIT,
        "investor": "云岭食品有限公司",
        "place": "昆明",
        "text": "对方有意建马铃薯淀粉线，关心用地和用电价格",
        "result": "下周送去选址方案",
        **particulars,
    }
    if "present" not in given:
        given["present"] = (post_of(holder).pk,)
    return NewContact(holder=holder, happened_on=on, **given)


def make_contact(
    county: County,
    *,
    unit: str = "青山镇",
    on: date = MET_ON,
    by: Actor | None = None,
    at: datetime = NOON,
    **particulars: Any,  # what else a contact says
) -> Contact:
    """The same, reported."""
    new = new_contact(county, unit=unit, on=on, **particulars)
    return report_contact(new=new, by=by or county.clerk, at=at)


def make_paired(county: County, *, seat: str = "县长岗位", **particulars: Any) -> Project:
    """A project of 青山镇 for which a leader's seat is named; `particulars` as registered."""
    shares = [
        *whole_shares(county, "青山镇"),
        Share(unit_id=county.units[seat].pk, role=PartRole.LEADER),
    ]
    return make_project(county, shares=shares, **particulars)


def make_check(
    project: Project,
    seat: Unit,
    *,
    on: date = MET_ON,
    by: Actor | None = None,
    at: datetime = NOON,
    **words: str,  # form, funds, problem
) -> Check:
    """A leader's look at a paired project, without problems."""
    said = {"form": "主体厂房封顶", "funds": "本月到位 300 万元", **words}
    return check_project(project=project, seat=seat, happened_on=on, by=by, at=at, **said)
