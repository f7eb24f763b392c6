"""Results in the world of the matrix: one sealed and asked to be reopened, one up for objection."""

from collections.abc import Iterator
from datetime import timedelta

from tests.things import Thing
from yipanqi.org.rules import Can
from yipanqi.publishing.actions import ask_reopening, object_to
from yipanqi.publishing.tests.results import noticed, sealed
from yipanqi.standing.factories import NOON, County, make_evidence


def results_in(county: County) -> Iterator[Thing]:
    """Everything about the results of a county that has an address."""
    whole = frozenset({county.place.path})
    everybody = frozenset(unit.path for unit in county.units.values())

    def thing(units: frozenset[str], **where: object) -> Thing:
        reach = {"api seal_receipt_new": everybody}
        return Thing(where, units, county.place.path, Can.SEE_SCORE, reach)

    seal = sealed(county, noticed_at=NOON - timedelta(days=18), at=NOON)
    asked = ask_reopening(seal=seal, reason="漏了一笔", by=county.leader, at=NOON)
    notice, file = noticed(county, "2026-10"), make_evidence()
    yield thing(whole, seal_id=seal.pk)
    yield thing(whole, notice_id=notice.pk)
    yield thing(whole, reopening_id=asked.pk)
    for name in ("青山镇", "柳河镇"):
        unit = county.units[name]
        mine = frozenset({unit.path})
        objection = object_to(
            notice=notice,
            holder=unit,
            item="签约项目",
            figure="签约数",
            reason="少计一个",
            files=[file],
            by=county.liaison(name),
            at=NOON,
        )
        yield thing(mine, notice_id=notice.pk, holder_id=unit.pk)
        yield thing(mine, seal_id=seal.pk, holder_id=unit.pk)
        yield thing(mine, objection_id=objection.pk)
        yield thing(mine, objection_id=objection.pk, digest=file.digest)
