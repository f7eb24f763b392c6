"""A world of two counties, with somebody of every role and things near and far for each of them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.things import Thing
from tests.worlds_results import results_in
from tests.worlds_rounds import rounds_of
from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.documents.imports.actions import preview
from yipanqi.documents.imports.tests.test_actions import ledger
from yipanqi.documents.personal.actions import open_dossier
from yipanqi.facts.activities.factories import make_contact, post_of
from yipanqi.facts.outside.actions import enter_figures
from yipanqi.facts.outside.factories import make_told
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.facts.pledges.actions import print_pledges, sign_pledge
from yipanqi.facts.pledges.rules import PledgedTask
from yipanqi.facts.projects.models import Part
from yipanqi.facts.returns.actions import Held, answer_call, call_to_mobilise
from yipanqi.facts.targets.actions import Ground, issue_plan, set_targets
from yipanqi.facts.targets.rules import Carrier, PlanLine
from yipanqi.ledger.models import Entry
from yipanqi.lists.actions import save_view
from yipanqi.lists.rules import Listed
from yipanqi.org.actions import appoint, charge, join, open_person, pair, set_milestone
from yipanqi.org.factories import make_group
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can, Function, Kind, Role
from yipanqi.place.factories import make_document
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import parsed
from yipanqi.publishing.tests.results import CODE, METHOD, PERIOD
from yipanqi.standing.actions.bulk import change_many
from yipanqi.standing.factories import (
    NOON,
    County,
    make_claim,
    make_county,
    make_evidence,
    make_project,
    recognise,
    settings_text,
)
from yipanqi.standing.reads.bulk import Ask, previewed
from yipanqi.standing.rules import What

SETTINGS = parsed(settings_text())


@dataclass(frozen=True)
class World:
    """Two counties with somebody of every role, and things near and far for each of them."""

    county: County
    people: Mapping[str, Person | None]
    things: tuple[Thing, ...]

    def about(self, wanted: Collection[str]) -> Sequence[Thing | None]:
        """The things that fill such an address; one that is about nothing is asked once."""
        if not wanted:
            return [None]
        return [thing for thing in self.things if set(wanted) == thing.where.keys()]


def make_world() -> World:
    """The world in which the matrix is asked."""
    county = make_county()
    other = make_county("远山县", prefix="b.")
    things, people = [*_things(county), *_things(other)], _people(county)
    appraiser = people[Role.APPRAISER]
    assert appraiser is not None
    files = [one for one in things if "person_id" in one.where and one.place == county.place.path]
    for subject in Person.objects.filter(pk__in=[str(one.where["person_id"]) for one in files]):
        open_dossier(subject=subject, purpose="考察", by=appraiser, at=NOON)
    place = county.place.path
    things += [Thing({"year": 2026}, frozenset(), place, None)]
    result = Thing({"code": CODE, "period": PERIOD}, frozenset({place}), place, Can.SEE_SCORE)
    return World(county, people, (*things, result))


def _people(county: County) -> dict[str, Person | None]:
    people: dict[str, Person | None] = {
        "nobody": None,
        "clerk": county.clerk,
        "chief": county.chief,
        "leader": county.leader,
        "liaison": county.liaison(),
        "verifier": county.verifier(),
        "administrator": county.administrator,
    }
    for role in (Role.MEMBER, Role.APPRAISER):
        person = open_person(username=role.value, name="某人", by=None, at=NOON)
        appoint(
            person=person,
            unit=county.units["青山镇"] if role is Role.MEMBER else county.place,
            title=str(role.label),
            role=role,
            from_on=date(2024, 1, 1),
            by=None,
            at=NOON,
        )
        people[role.value] = Person.objects.get(pk=person.pk)
    people["without a post"] = open_person(username="idle", name="某人", by=None, at=NOON)
    return people


def _things(county: County) -> Iterator[Thing]:
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    targets = [(unit, code, 3) for unit in county.units.values() for code in ("signed", "funds")]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    yield from _of_place(county)
    yield from results_in(county)
    yield from _of_organisation(county)
    yield from _of_promises(county)
    yield from rounds_of(county)
    for name in ("青山镇", "柳河镇"):
        yield from _of_unit(county, county.units[name])


def _of_place(county: County) -> Iterator[Thing]:
    """Everything that belongs to a whole place."""
    by: dict[str, Any] = {"by": county.chief, "at": NOON}
    day = NOON.date()
    file = make_evidence()
    document = make_document(county, files=(file,))
    call = call_to_mobilise(
        place=county.place, subject="动员", due_on=day, kinds=[Kind.TOWNSHIP], **by
    )
    line = PlanLine(indicator="leads", amount=6, kind=Kind.TOWNSHIP)
    towns = [Carrier(unit.pk, unit.kind, 1) for unit in county.units.values()]
    ground = Ground(basis="年度任务")
    plan = issue_plan(
        place=county.place, year=2026, lines=[line], carriers=towns, ground=ground, **by
    )
    bulletin = issue_bulletin(place=county.place, remarks="", **by)
    version = SettingsVersion.objects.get(place=county.place)

    view = save_view(
        listed=Listed.PROJECTS, name="本月到期", query="", shared=True, by=county.clerk, at=NOON
    )

    everybody = frozenset(unit.path for unit in county.units.values())

    def whole(seen: Can, **where: object) -> Thing:
        units = frozenset({county.place.path})
        return Thing(where, units, county.place.path, seen, {"api receipt_new": everybody})

    yield whole(Can.SEE_DOCUMENT, document_id=document.pk)
    yield whole(Can.SEE_DOCUMENT, document_id=document.pk, digest=file.digest)
    yield whole(Can.SEE_TARGET, plan_id=plan.pk)
    yield whole(Can.SEE_PLACE, version_id=version.pk)
    yield whole(Can.SEE_BULLETIN, bulletin_id=bulletin.pk)
    yield whole(Can.SEE_BULLETIN, bulletin_id=bulletin.pk, kind="xlsx")
    yield whole(Can.SHARE_VIEW, view_id=view.pk)
    for unit in (county.units["青山镇"], county.units["柳河镇"]):
        held = Held(held_on=day, issued_on=day, present=9, files=(file,))
        answer = answer_call(call=call, unit=unit, held=held, **by)
        mine = frozenset({unit.path})
        place = county.place.path
        figure = {"bulletin_id": bulletin.pk, "unit_id": unit.pk, "name": "signed"}
        yield Thing(figure, mine, place, Can.SEE_BULLETIN)
        yield Thing({"call_id": call.pk, "unit_id": unit.pk}, mine, place, Can.SEE_TARGET)
        yield Thing({"answer_id": answer.pk, "digest": file.digest}, mine, place, Can.SEE_TARGET)


def _of_organisation(county: County) -> Iterator[Thing]:
    """A group and all that binds units: in sight of the whole place, set for the whole place."""
    by: dict[str, Any] = {"by": county.clerk, "at": NOON}
    town, group = county.units["青山镇"], make_group(county)
    person = open_person(username=f"{county.place.pk}.member", name="某人", **by)
    post = appoint(
        person=person, unit=group, title="成员", role=Role.MEMBER, from_on=date(2024, 1, 1), **by
    )
    milestone = set_milestone(group=group, what="选址", due_on=date(2026, 12, 1), **by)
    keys = {
        "group_id": group.pk,
        "person_id": person.pk,
        "member_id": post.pk,
        "membership_id": join(group=group, unit=town, **by).pk,
        "duty_id": charge(town, Function.PROMOTES, **by).pk,
        "milestone_id": milestone.pk,
        "pairing_id": pair(seat=county.units["副县长岗位"], unit=town, **by).pk,
    }
    whole = frozenset({county.place.path})
    yield from (Thing({n: k}, whole, county.place.path, Can.SEE_ORG) for n, k in keys.items())
    shown = {"person_id": person.pk, "post_id": post.pk, "code": "introduced"}
    yield Thing(shown, whole, county.place.path, Can.SEE_DOSSIER)


def _of_promises(county: County) -> Iterator[Thing]:
    """Pledges, figures of other places, a change of many projects."""
    by: dict[str, Any] = {"by": county.clerk, "at": NOON}
    units = (county.units["青山镇"], county.units["柳河镇"])
    task = PledgedTask(name="新签约", unit="个", assigned="3", pledged="")
    pledges = print_pledges(
        place=county.place, year=2026, word="军令状", tasks={u: [task] for u in units}, **by
    )
    figure = Told(
        holder="江州市",
        indicator="exports",
        period=Period(2026, 10),
        value=Fraction(3),
        unit="亿元",
        source="统计月报",
        said_on=date(2026, 11, 3),
    )
    [entered] = enter_figures(place=county.place, told=[figure], ours={}, **by)
    many = make_project(county, name="批量修改过的项目")
    lines = previewed(county.clerk, Ask(What.INDUSTRY, "", {many.pk: "新能源"}), SETTINGS, shown={})
    stroke = change_many(
        what=What.INDUSTRY, node="", lines=lines, asked="", reason="分工调整", **by
    )
    whole, place = frozenset({county.place.path}), county.place.path
    yield Thing({"figure_id": entered.pk}, whole, place, Can.SEE_TARGET)
    yield Thing({"seq": stroke.pk}, whole, place, Can.SEE_LEDGER)
    [own] = make_told(county, {"青山镇": 3})
    yield Thing({"told_id": own.pk}, whole, place, Can.SEE_TARGET)
    for unit, pledge in zip(units, pledges, strict=True):
        file = make_evidence()
        signing = sign_pledge(
            pledge=pledge,
            signer=post_of(unit).person,
            signed_on=NOON.date(),
            files=[file],
            **by,
        )
        mine = frozenset({unit.path})
        yield Thing({"unit_id": unit.pk, "year": 2026}, mine, place, Can.SEE_TARGET)
        yield Thing({"signing_id": signing.pk, "digest": file.digest}, mine, place, Can.SEE_TARGET)


def _of_unit(county: County, unit: Unit) -> Iterator[Thing]:
    """Everything that can be near or far: a project with its claims, a return, points, an import."""
    project = make_project(county, unit=unit.name, name=f"{unit.name}机械制造项目")
    verdict = recognise(project)
    claim = make_claim(project, "registered")
    parts = Part.objects.current().filter(project=project)
    shown = frozenset(parts.values_list("unit__path", flat=True))
    mine, place = frozenset({unit.path}), county.place.path
    office = frozenset({county.units["市场监督管理局"].path})
    whole, none = frozenset({county.place.path}), frozenset[str]()
    batch = preview(
        content=ledger(), name="台账.xlsx", kind=None, by=county.liaison(unit.name), at=NOON
    )
    contact = make_contact(county, unit=unit.name, by=county.liaison(unit.name))
    of_claim = {"withdraw": mine, "find_false": office, "api verdict": office}
    yield Thing(
        {"project_id": project.pk},
        shown,
        place,
        Can.SEE_PROJECT,
        {"parts": whole, "plan_new": whole, "check_new": none, "api check": none},
    )
    yield Thing({"kind": "project", "pk": project.pk}, shown, place, Can.SEE_PROJECT)
    yield Thing({"contact_id": contact.pk}, mine, place, Can.SEE_CONTACT)
    yield Thing({"unit_id": unit.pk}, mine, place, Can.SEE_ORG)
    yield Thing({"unit_id": unit.pk, "indicator": "signed"}, mine, place, Can.SEE_TARGET)
    post = Post.objects.filter(unit=unit).order_by("pk")[0]
    yield Thing({"post_id": post.pk}, mine, place, Can.APPOINT)
    yield Thing({"claim_id": claim.pk}, shown, place, Can.SEE_PROJECT, of_claim)
    yield Thing(
        {"claim_id": verdict.claim_id, "digest": evidence_of(verdict.claim_id)},
        shown,
        place,
        Can.SEE_PROJECT,
    )
    yield Thing({"unit_id": unit.pk, "year": 2026, "month": 10}, mine, place, Can.SEE_RETURN)
    yield Thing({"holder_id": unit.pk}, mine, place, Can.SEE_SCORE)
    yield Thing({"holder_id": unit.pk, "name": "签约数"}, mine, place, Can.SEE_SCORE)
    yield Thing({"batch_id": batch.pk}, mine, place, Can.IMPORT)


def evidence_of(claim_id: int) -> str:
    """The file behind a claim."""
    found = re.search("[0-9a-f]{64}", Entry.objects.get(seq=claim_id).payload)
    assert found is not None
    return found[0]
