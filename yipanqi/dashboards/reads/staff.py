"""Staff tables out of files and into files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yipanqi.core.lists import Column, Look
from yipanqi.core.sheets import Sheet
from yipanqi.documents.imports.rules.texts import spelled
from yipanqi.documents.imports.rules.workbook import RawSheet, read_workbook
from yipanqi.org.actions.roster import Slip
from yipanqi.org.models import Post, Unit
from yipanqi.org.rules.roster import CAPACITIES, COLUMNS, KINDS, OFFERED, ROLES, read_roster


def text_of(content: bytes) -> str:
    """The sheet of a guarded file that is a staff table, as the text it would be if it were pasted.

    Every row and column keeps its place, so that addresses are the file's own.
    """
    sheets = [sheet for sheet in read_workbook(content) if not sheet.hidden]
    texts = [_text(sheet) for sheet in sheets]
    return next((text for text in texts if read_roster(text)[0]), texts[0] if texts else "")


def _text(sheet: RawSheet) -> str:
    rows = [[" ".join(spelled(cell).split()) for cell in row] for row in _unmerged(sheet)]
    return "\n".join("\t".join([*row, ""]) for row in rows)


def _unmerged(sheet: RawSheet) -> list[list[Any]]:  # cells
    """The cells; what is merged downwards is said of every row."""
    rows = [list(row) for row in sheet.rows]
    for top, left, low, right in sheet.merged:
        if left == right:
            for row in rows[top + 1 : low + 1]:
                if left < len(row) and left < len(rows[top]):
                    row[left] = rows[top][left]
    return rows


def staff_sheet(place: Unit) -> Sheet:
    """Everybody who holds a post, in the form in which a staff table comes in again."""
    held = Post.objects.held().filter(unit__path__startswith=place.path, person__is_active=True)
    standing = held.filter(unit__closed_on__isnull=True).select_related("unit", "person")
    says = _("一行一人，接着往下填；单位类别：%(kinds)s；角色：%(roles)s；身份：%(capacities)s")
    words = ("、".join(known) for known in OFFERED.values())
    return Sheet(
        title=_("花名册"),
        says=says % dict(zip(("kinds", "roles", "capacities"), words, strict=True)),
        columns=STAFF,
        rows=standing.order_by("unit__path", "pk"),
    )


def slips_sheet(slips: Sequence[Slip]) -> Sheet:
    """The passwords that were handed out, to be cut apart."""
    return Sheet(
        title=_("首次口令"),
        says=_("首次口令只用一次，请逐一当面交给本人；登录后先改成自己的密码，交完请删去本文件"),
        columns=SLIPS,
        rows=slips,
    )


def _named(label: str, value: Any) -> Column:  # what a column takes out of a row
    return Column(key=label, label=label, value=value)


STAFF = (
    _named(COLUMNS[0], lambda post: post.unit.name),
    _named(COLUMNS[1], lambda post: _label(KINDS, post.unit.kind)),
    _named(COLUMNS[2], lambda post: post.person.name),
    _named(COLUMNS[3], lambda post: post.person.username),
    _named(COLUMNS[4], lambda post: post.title),
    _named(COLUMNS[5], lambda post: _label(ROLES, post.role)),
    _named(COLUMNS[6], lambda post: _label(CAPACITIES, post.capacity)),
    replace(_named(COLUMNS[7], lambda post: post.from_on), look=Look.DAY),
    _named(COLUMNS[8], lambda post: post.person.phone),
)
SLIPS = (
    _named(gettext_noop("单位"), lambda slip: slip.unit),
    _named(gettext_noop("姓名"), lambda slip: slip.name),
    _named(gettext_noop("账号"), lambda slip: slip.account),
    _named(gettext_noop("口令"), lambda slip: slip.password),
)


def _label(words: Mapping[str, str], value: str) -> str:
    return next(label for label, known in words.items() if known == value)
