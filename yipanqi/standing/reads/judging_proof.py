"""Whether every count of a round is what its sheets come to."""

from collections.abc import Iterator

from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.reads import counted_from, secret_sheets
from yipanqi.facts.judging.rules import RoundState
from yipanqi.ledger.rules import Finding


def count_findings() -> Iterator[Finding]:
    """Counted rounds whose result differs from their sheets."""
    for one in Round.objects.as_of().order_by("pk").iterator():
        if one.closed is RoundState.COUNTED:
            expected = {result.holder: result for result in counted_from(one, secret_sheets(one))}
            if one.results != expected:
                yield Finding(f"评分 {one.pk} {one.name}", "计票结果与评分表算出的不同")
