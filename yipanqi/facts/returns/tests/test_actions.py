"""A month is confirmed once."""

from datetime import date

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.returns.actions import submit_return
from yipanqi.facts.returns.models import Return
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON, make_org

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def submit(county, month=NOVEMBER):
    return submit_return(
        holder=county.units["青山镇"], month=month, by=county.liaison(), at=NOON, summary="无变化"
    )


def test_a_month_is_confirmed_and_stands_in_the_ledger():
    county = make_org()

    fact = submit(county)

    assert str(fact) == "青山镇 2026-11"
    assert Entry.objects.get(seq=fact.seq).kind == "fact:returns.return"
    assert list(reads.findings()) == []


@pytest.mark.parametrize(
    ("month", "words"),
    [(NOVEMBER, "已经上报，不必重报"), (date(2026, 12, 1), "还没有到")],
)
def test_a_month_confirmed_twice_or_too_early_is_refused(month, words):
    county = make_org()
    submit(county)
    before = reads.now_seq()

    with pytest.raises(Refused, match=words):
        submit(county, month)

    assert reads.now_seq() == before


def test_returns_are_seen_by_their_unit_and_by_the_office():
    county = make_org()
    submit(county)

    def seen(person):
        return Return.objects.visible_to(person).count()

    assert [seen(county.liaison()), seen(county.clerk)] == [1, 1]
    assert [seen(county.liaison("柳河镇")), seen(county.verifier("统计局"))] == [0, 0]
