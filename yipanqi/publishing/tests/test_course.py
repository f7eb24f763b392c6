"""A result goes from its draft over a notice to a seal; nothing is left out and nothing twice."""

import pytest

from tests.helpers import refused
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings as ledger_findings
from yipanqi.publishing.actions import draw_up, open_notice
from yipanqi.publishing.reads.proof import findings
from yipanqi.publishing.tests.results import CODE, PERIOD, drawn_up, ready_county, sealed
from yipanqi.standing.factories import NOON, County


@pytest.fixture
def county(db: None) -> County:
    return ready_county()


def test_a_result_is_drawn_up_noticed_and_sealed_with_the_very_figures_of_the_notice(county):
    seal = sealed(county)

    notice = seal.notice
    assert (seal.inputs, seal.output) == (notice.inputs, notice.output)
    assert seal.digest == seal.frozen.digest != notice.digest
    assert (seal.version, seal.cutoff, seal.period) == (1, notice.cutoff, "2026Q3")
    assert Entry.objects.get(pk=seal.pk).kind == "fact:publishing.seal"
    assert list(ledger_findings()) == []
    assert list(findings()) == []


def test_nothing_is_drawn_up_without_its_method_or_before_its_period(county):
    with refused("没有这个办法"):
        draw_up(place=county.place, code="monthly", period=PERIOD, by=county.chief, at=NOON)
    with refused("才开始"):
        draw_up(place=county.place, code=CODE, period="2027", by=county.chief, at=NOON)


def test_only_the_newest_draft_of_a_period_that_is_over_is_put_up(county):
    old = drawn_up(county)
    drawn_up(county)
    running = drawn_up(county, "2026Q4")

    with refused("已经过时"):
        open_notice(draft=old, days=5, by=county.chief, at=NOON)
    with refused("结束以后才能公示"):
        open_notice(draft=running, days=5, by=county.chief, at=NOON)
