"""What another method makes of the same figures: places and totals that move, lists that change."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from yipanqi.assessment.rules.sheets import Listed, ScoredGroup, ScoredRow, Sheet


@dataclass(frozen=True, kw_only=True)
class MovedRow:
    """A holder's row under the new method, beside where it stood under the old one."""

    row: ScoredRow
    was: ScoredRow | None = None
    same_group: bool = True

    @property
    def gain(self) -> Fraction | None:
        """How many points more it has now; nothing where one of the totals is unknown."""
        if self.was is None or self.was.total is None or self.row.total is None:
            return None
        return self.row.total - self.was.total

    @property
    def regraded(self) -> bool:
        """Whether it has another grade than before."""
        return self.was is not None and self.was.grade != self.row.grade

    @property
    def rise(self) -> int:
        """How many places higher it stands in the same group."""
        if self.was is None or not self.same_group or not self.was.place or not self.row.place:
            return 0
        return self.was.place - self.row.place


@dataclass(frozen=True, kw_only=True)
class GroupEffect:
    """A group in the order of its new places; `lines` are all that anybody's total is made of."""

    group: str
    lines: tuple[str, ...]
    rows: tuple[MovedRow, ...]


@dataclass(frozen=True, kw_only=True)
class ListEffect:
    """Who stands on a list now, who came, who is no longer on it."""

    name: str
    group: str
    holders: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """All that is different; `known` is whether there was anything to compare with."""

    groups: tuple[GroupEffect, ...]
    lists: tuple[ListEffect, ...]
    known: bool

    @property
    def moved(self) -> int:
        """How many holders have another total, place or grade."""
        rows = [row for group in self.groups for row in group.rows]
        return sum(1 for row in rows if row.rise or row.gain or row.regraded)


def effect_of(new: Sheet, old: Sheet | None) -> Effect:
    """The new sheet beside the old one; both are over the same figures."""
    were = _rows(old) if old else {}
    return Effect(
        groups=tuple(_group(new, group, were) for group in new.groups),
        lists=_lists(new, old),
        known=old is not None,
    )


def _rows(sheet: Sheet) -> dict[str, tuple[str, ScoredRow]]:
    return {row.holder: (group.group, row) for group in sheet.groups for row in group.rows}


def _group(
    sheet: Sheet, group: ScoredGroup, were: Mapping[str, tuple[str, ScoredRow]]
) -> GroupEffect:
    rows = []
    for row in group.rows:
        before, was = were.get(row.holder, (group.group, None))
        rows.append(MovedRow(row=row, was=was, same_group=before == group.group))
    items = (item.item for item in sheet.method.group_named(group.group).items)
    others = (line.item for row in group.rows for line in row.lines)
    return GroupEffect(
        group=group.group, lines=tuple(dict.fromkeys((*items, *others))), rows=tuple(rows)
    )


def _lists(new: Sheet, old: Sheet | None) -> tuple[ListEffect, ...]:
    now = {(listed.name, listed.group): listed for listed in new.lists}
    then = {(listed.name, listed.group): listed for listed in old.lists} if old else {}
    found = [_list(listed, then.get(key), compared=old is not None) for key, listed in now.items()]
    for (name, group), listed in then.items():
        if (name, group) not in now and listed.holders:
            found.append(ListEffect(name=name, group=group, gone=listed.holders))
    return tuple(found)


def _list(listed: Listed, was: Listed | None, *, compared: bool) -> ListEffect:
    before = was.holders if was else ()
    came = tuple(holder for holder in listed.holders if holder not in before)
    return ListEffect(
        name=listed.name,
        group=listed.group,
        holders=listed.holders,
        came=came if compared else (),
        gone=tuple(holder for holder in before if holder not in listed.holders),
        outcome=listed.outcome,
    )
