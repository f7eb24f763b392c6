"""Whether every frozen result is what it was, and whether the facts still give its figures."""

from collections.abc import Iterator

from yipanqi.assessment.reads.live import Live, live
from yipanqi.assessment.rules.figures import holders_in
from yipanqi.core.problems import Refused
from yipanqi.ledger.reads import still
from yipanqi.ledger.rules import Finding
from yipanqi.publishing.models import Kept, Notice, Seal
from yipanqi.publishing.reads.drawing import keys_in
from yipanqi.publishing.rules.proving import Counted, unlike_facts, unlike_itself


def findings() -> Iterator[Finding]:
    """Each notice and each seal held against its digests, its own figures, and the facts."""
    with still():
        for model, called in ((Notice, "公示"), (Seal, "封账")):
            for kept in model.objects.select_related("place").order_by("seq").iterator(20):
                yield from found_in(kept, called)


def found_in(kept: Kept, called: str) -> Iterator[Finding]:
    """Everything about one frozen result that is not as it should be."""
    where = f"{called} {kept.code} {kept.period}（账本第 {kept.seq} 条）"
    yield from unlike_itself(kept.frozen, kept.digest, where)
    try:
        scored = live(kept.place_id, day=kept.day, seq=kept.cutoff, code=kept.code)
    except Refused as refused:
        yield Finding(where, f"按事实重算不出来：{refused}")
        return
    if scored is None:
        yield Finding(where, "按事实重算：那时没有这个办法")
    else:
        yield from unlike_facts(kept.frozen, counted(scored), where)


def counted(scored: Live) -> Counted:
    """What the facts give each holder, by keys: a later name of a unit makes no difference."""
    keys = keys_in(scored)
    return {
        keys.get(row.holder, row.holder): (
            row.group,
            row.values,
            {
                name: frozenset(keys.get(one, 0) for one in holders_in(text))
                for name, text in row.texts.items()
            },
        )
        for row in scored.sheet.given
    }
