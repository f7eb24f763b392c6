"""A result goes from its draft over a notice to a seal; nothing is left out and nothing twice."""

import pytest

from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings as ledger_findings
from yipanqi.publishing.reads.proof import findings
from yipanqi.publishing.tests.results import (
    ready_county,
    sealed,
)
from yipanqi.standing.factories import County


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
