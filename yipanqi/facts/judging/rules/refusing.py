"""What stands against opening a round, writing in it, closing it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.facts.judging.rules.counting import points_of
from yipanqi.facts.judging.rules.shapes import WHOLE, NewRound, RoundState, Way, told


def round_problems(new: NewRound) -> Iterator[Problem]:
    """A round has a period, a day, holders, items with bounds, raters whose weights are the whole."""
    if new.first_on > new.last_on:
        yield Problem(text=_("起始日晚于截止日，请核对"), where=_("评分时段"))
    if new.opens_on > new.due_on:
        yield Problem(text=_("截止日早于开始日，请核对"), where=_("截止日期"))
    if not any(block.holders for block in new.blocks):
        yield Problem(text=_("请选出评谁"), where=_("评谁"))
    yield from _raters(new)
    if new.way is Way.BALLOT:
        yield from _table(new)
    else:
        yield from _items(new)


def _raters(new: NewRound) -> Iterator[Problem]:
    for side in new.sides:
        if not side.raters:
            yield Problem(text=_("请选出由谁来评"), where=side.name or _("谁来评"))
    if not new.sides:
        yield Problem(text=_("请选出由谁来评"), where=_("谁来评"))
    elif (total := sum(side.weight for side in new.sides)) != WHOLE:
        yield Problem(
            text=_("各方权重之和是 %(total)s%%，应为 100%%") % {"total": total}, where=_("权重")
        )
    several = Counter(rater for side in new.sides for rater in set(side.raters))
    if any(number > 1 for number in several.values()):
        yield Problem(text=_("同一个评分单位只能算在一方里"), where=_("谁来评"))


def _items(new: NewRound) -> Iterator[Problem]:
    for block in new.blocks:
        if not block.items:
            yield Problem(text=_("请写明评哪几项"), where=block.group or _("评分项"))
        names = Counter(asked.item for asked in block.items)
        for name in sorted(name for name, number in names.items() if number > 1):
            yield Problem(text=_("评分项“%(name)s”写了两次") % {"name": name}, where=block.group)
        for asked in block.items:
            if asked.lowest >= asked.highest:
                text = _("最低分应低于最高分，现在是 %(bounds)s") % {"bounds": asked.bounds}
                yield Problem(text=text, where=asked.item)


def _table(new: NewRound) -> Iterator[Problem]:
    """Every place has points, each better one more than the next."""
    last = max((len(block.holders) for block in new.blocks), default=1)
    if new.step <= 0:
        yield Problem(text=_("名次之间要有分差，请写大于 0 的数"), where=_("每退一名减"))
    if points_of(last, top=new.top, step=new.step) < 0:
        told_of = {"last": last, "points": told(points_of(last, top=new.top, step=new.step))}
        text = _("第 %(last)s 名只剩 %(points)s 分，请减小分差") % told_of
        yield Problem(text=text, where=_("每退一名减"))


def writing_problems(
    *, opens_on: date, closed: RoundState | None, today: date
) -> Iterator[Problem]:
    """A sheet is written after the round began and before it is closed."""
    if closed is RoundState.COUNTED:
        yield Problem(text=_("这一轮已经计票，不能再填、再改"))
    if closed is RoundState.CANCELLED:
        yield Problem(text=_("这一轮已经取消，不用再填"))
    if today < opens_on:
        yield Problem(text=_("这一轮 %(on)s 才开始，到时再填") % {"on": opens_on})


def closing_problems(
    *,
    way: Way,
    due_on: date,
    closed: RoundState | None,
    waiting: Sequence[str],
    filled: int,
    today: date,
) -> Iterator[Problem]:
    """Secret sheets are counted once: when all are there, or when the day is over."""
    if closed is not None:
        yield Problem(text=_("这一轮已经结束"))
    if not way.is_secret:
        yield Problem(text=_("评定和自评随填随算，不用计票"))
    if not filled:
        yield Problem(text=_("还没有人评，没有可计的"))
    elif waiting and today <= due_on:
        told_of = {"waiting": "、".join(waiting), "on": due_on}
        yield Problem(text=_("还没有评：%(waiting)s。等评齐，或过了 %(on)s 再计") % told_of)


def cancelling_problems(*, closed: RoundState | None, reason: str) -> Iterator[Problem]:
    """What was counted stays counted; a round is given up with a reason."""
    if closed is not None:
        yield Problem(text=_("这一轮已经结束"))
    if not reason.strip():
        yield Problem(text=_("请写明为什么取消"), where=_("原因"))
