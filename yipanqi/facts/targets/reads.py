"""What is asked of targets before anything is set."""

from collections.abc import Iterable

from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import Key
from yipanqi.ledger.reads import now_seq


def standing_on(year: int, indicators: Iterable[str]) -> dict[Key, int]:
    """The words that hold now on these indicators, of everybody, at every layer."""
    codes = sorted(set(indicators))
    return Target.objects.layered(indicators=codes, year=year, seq=now_seq()).words()
