"""What was recorded since a notice about a holder, and whether that changed what was objected to."""

from collections.abc import Sequence

from yipanqi.facts.projects.models import Part, Project
from yipanqi.ledger.models import Entry, EntryQuerySet
from yipanqi.org.models import Unit
from yipanqi.publishing.models import Notice, Objection
from yipanqi.publishing.reads.drawing import drawn
from yipanqi.publishing.rules.comparing import About, Difference, differences
from yipanqi.publishing.rules.frozen import figures_of
from yipanqi.publishing.rules.workings import figures_behind, items_of

MOST = 60
"""So many of the newest entries are offered to whoever answers."""

OUR_OWN = "fact:publishing."
"""What is written here is about a result and never changes one."""


def since(notice: Notice, holder: Unit) -> EntryQuerySet:
    """What was written since the notice's cutoff about a holder, its projects, or its whole place."""
    parts = Part.objects.filter(unit=holder).values_list("project_id", flat=True)
    subjects = [f"{Project._meta.label_lower}:{key}" for key in set(parts)]
    subjects += [f"{Unit._meta.label_lower}:{key}" for key in (holder.pk, notice.place_id)]
    written = Entry.objects.filter(seq__gt=notice.cutoff, subject__in=subjects)
    return written.exclude(kind__startswith=OUR_OWN).order_by("-seq")


def changed_by(objection: Objection, seq: int) -> Sequence[Difference]:
    """What an entry changed of that to which a holder objects: its points, or a figure behind them."""
    notice = objection.notice
    before, after = (drawn(notice, cutoff=point) for point in (seq - 1, seq))
    names = {objection.figure} if objection.figure else _behind(objection)
    return [
        one
        for one in differences(before.side, after.side)
        if one.unit == objection.holder_id
        and (
            (one.about is About.ITEM and one.name == objection.item)
            or (one.about is About.FIGURE and one.name in names)
        )
    ]


def _behind(objection: Objection) -> set[str]:
    """The figures on which the item rests."""
    frozen = objection.notice.frozen
    given, *_others = figures_of(frozen.went_in, objection.holder_id)
    item = items_of(frozen.method, given["group"]).get(objection.item)
    return {f.name for f in figures_behind(frozen.method, item.formula)} if item else set()
