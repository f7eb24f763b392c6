"""What a sheet may say of whom, and what it still lacks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.facts.judging.rules.shapes import Asked, Block, Way, Word, told

Names = Mapping[int, str]
"""How the holders are called."""


def sheet_problems(
    way: Way, blocks: Sequence[Block], words: Sequence[Word], names: Names
) -> Iterator[Problem]:
    """Points lie within their bounds; a judgement has its reason; who is rated is rated whole."""
    bounds = {(holder, asked.item): asked for holder, asked in _every(blocks)}
    if not words:
        yield Problem(text=_("一项也没有填"))
    for word in words:
        where = f"{names.get(word.holder, '')} {word.item}".strip()
        asked = bounds.get((word.holder, word.item))
        if asked is None:
            yield Problem(text=_("这一轮不评这一项"), where=where)
        elif not asked.lowest <= word.points <= asked.highest:
            told_of = {"bounds": asked.bounds, "points": told(word.points)}
            text = _("只能给 %(bounds)s 分，你填的是 %(points)s 分") % told_of
            yield Problem(text=text, where=where)
        if way is Way.JUDGED and not word.reason.strip():
            yield Problem(text=_("请写明为什么给这个分"), where=where)
    if way is not Way.JUDGED:
        for holder, item in _half(way, blocks, words):
            where = f"{names.get(holder, '')} {item}".strip()
            yield Problem(text=_("还没有填"), where=where)


def _every(blocks: Iterable[Block]) -> Iterator[tuple[int, Asked]]:
    for block in blocks:
        for holder in block.holders:
            for asked in block.items:
                yield holder, asked


def _half(way: Way, blocks: Sequence[Block], words: Iterable[Word]) -> Iterator[tuple[int, str]]:
    """What a sheet left out; a rater may pass over a holder, but not over a part of one."""
    said: dict[int, set[str]] = defaultdict(set)
    for word in words:
        said[word.holder].add(word.item)
    for holder, asked in _every(blocks):
        begun = way is Way.SELF or holder in said
        if begun and asked.item not in said[holder]:
            yield holder, asked.item


def ballot_problems(
    holders: Sequence[int], words: Sequence[Word], names: Names
) -> Iterator[Problem]:
    """Every holder has a place of its own, from the first to the last (同组不得并列)."""
    at: dict[int, list[int]] = defaultdict(list)
    for word in words:
        at[word.points].append(word.holder)
        if word.holder not in holders:
            yield Problem(text=_("这一轮不评这个单位"), where=names.get(word.holder, ""))
        elif not 1 <= word.points <= len(holders):
            text = _("名次应在 1 到 %(last)s 之间") % {"last": len(holders)}
            yield Problem(text=text, where=names[word.holder])
    for place, several in sorted(at.items()):
        if len(several) > 1:
            called = "、".join(names.get(holder, "") for holder in several)
            text = _("同组不得并列：%(names)s都是第 %(place)s 名") % {
                "names": called,
                "place": place,
            }
            yield Problem(text=text, where=_("名次"))
    placed = {word.holder for word in words}
    if left := [names[holder] for holder in holders if holder not in placed]:
        yield Problem(text=_("还没有排：%(names)s") % {"names": "、".join(left)}, where=_("名次"))


def lacking(blocks: Sequence[Block], words: Iterable[Word]) -> list[tuple[int, str]]:
    """The holders and items of a judged round that have no points yet."""
    said = {(word.holder, word.item) for word in words}
    return [(h, asked.item) for h, asked in _every(blocks) if (h, asked.item) not in said]
