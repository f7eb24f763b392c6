"""What is due from somebody, of whatever module, in the order of its days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.dashboards.reads.columns import PART, Row
from yipanqi.dashboards.reads.owed import owed
from yipanqi.dashboards.rules import Due, lamp_by, lamp_since
from yipanqi.facts.judging.rules import Way
from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.org.models import Person
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.nots import who_answers
from yipanqi.standing.rules import Lamp


@dataclass(frozen=True)
class Telling:
    """What is needed to put a row into words."""

    settings: Settings
    as_of: date
    answering: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Dues:
    """Some of the matters that are due from somebody, and how many there are in all."""

    rows: tuple[Due, ...]
    total: int


def dues(
    person: Person,
    mine: ProjectQuerySet,
    settings: Settings,
    *,
    as_of: date,
    first: int,
    start: int = 0,
) -> Dues:
    """The matters from `start` on, the earliest day first; at most four queries, whatever the modules."""
    parts = list(owed(person, mine, settings, as_of=as_of))
    if not parts:
        return Dues((), 0)
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    ordered = every.order_by("by_day", "matter", "about")
    found = [Row(*row) for row in ordered[start : start + first + 1]]
    whole = len(found) <= first and (found or not start)
    total = start + len(found) if whole else every.count()
    return Dues(told(found[:first], settings, as_of=as_of), total)


def told(rows: Sequence[Row], settings: Settings, *, as_of: date) -> tuple[Due, ...]:
    """Rows in the words of people, with who answers for each."""
    answering = who_answers([row.about for row in rows if row.matter == "project"], as_of)
    telling = Telling(settings, as_of, answering)
    return tuple(WORDS[row.matter](row, telling) for row in rows)


def _verdict(row: Row, telling: Telling) -> Due:
    node = telling.settings.name_of(row.detail)
    lamp = lamp_since(row.day, as_of=telling.as_of, amber_days=telling.settings.amber_days)
    what = _("%(project)s：%(node)s申报待认定") % {"project": row.called, "node": node}
    said = telling.settings.node(row.detail)
    return Due(
        row.day,
        what,
        reverse("claim", args=[row.about]),
        row.answers,
        said.says if said else "",
        lamp,
    )


def _returned(row: Row, telling: Telling) -> Due:
    code, reason = row.detail.split(PART, 1)
    node = telling.settings.name_of(code)
    lamp = lamp_since(row.day, as_of=telling.as_of, amber_days=telling.settings.amber_days)
    what = _("%(project)s：%(node)s申报被退回") % {"project": row.called, "node": node}
    return Due(row.day, what, reverse("claim", args=[row.about]), row.answers, reason, lamp)


def _project(row: Row, telling: Telling) -> Due:
    settings = telling.settings
    entry = next((n for n in settings.not_yets if n.code == row.detail), None)
    node = settings.name_of(entry.missing if entry else row.detail)
    what = _("%(project)s：%(node)s") % {"project": row.called, "node": node}
    who = " · ".join(part for part in telling.answering.get(row.about, ()) if part)
    url = reverse("project", args=[row.about])
    return Due(row.day, what, url, who, entry.clause if entry else "", _by(row, telling))


def _return(row: Row, telling: Telling) -> Due:
    year, month = map(int, row.detail.split("-"))
    what = _("%(unit)s %(month)s 月月报") % {"unit": row.called, "month": month}
    url = reverse("return_form", args=[row.about, year, month])
    return Due(row.day, what, url, row.answers, _("逾期不报视为没有"), _by(row, telling))


def _mobilised(row: Row, telling: Telling) -> Due:
    url = reverse("mobilised_form", args=[row.about, int(row.detail)])
    what = _("%(subject)s：报部署情况") % {"subject": row.called}
    return Due(row.day, what, url, row.answers, _("开会部署并印发措施"), _by(row, telling))


def _import(row: Row, telling: Telling) -> Due:
    what = _("台账“%(file)s”待确认") % {"file": row.called}
    url = reverse("import_batch", args=[row.about])
    return Due(row.day, what, url, row.answers, _("确认以后才入账"), _by(row, telling))


def _bulletin(row: Row, telling: Telling) -> Due:
    what = _("%(period)s通报定稿") % {"period": row.detail}
    return Due(
        row.day, what, reverse("bulletin_new"), row.called, _("每半月一期"), _by(row, telling)
    )


def _pledge(row: Row, telling: Telling) -> Due:
    year, ground = row.detail.split(PART, 1)
    what = _("%(unit)s %(year)s 年军令状待签") % {"unit": row.called, "year": year}
    url = reverse("pledge", args=[row.about, int(year)])
    return Due(row.day, what, url, row.answers, ground, _by(row, telling))


def _check(row: Row, telling: Telling) -> Due:
    what = _("%(project)s：包保检查") % {"project": row.called}
    says = _("每 %(days)s 天看一次") % {"days": telling.settings.check_days}
    url = reverse("check_new", args=[row.about])
    return Due(row.day, what, url, row.answers, says, _by(row, telling))


def _receipt(row: Row, telling: Telling) -> Due:
    what = _("签收《%(title)s》") % {"title": row.called}
    says = _("印发后 %(days)s 天内签收") % {"days": telling.settings.bulletin.receipt_days}
    url = reverse("bulletin", args=[row.about])
    return Due(row.day, what, url, row.answers, says, _by(row, telling))


def _milestone(row: Row, telling: Telling) -> Due:
    what = _("%(group)s：%(what)s") % {"group": row.called, "what": row.detail}
    url = reverse("unit", args=[row.about])
    return Due(row.day, what, url, row.answers, _("节点任务"), _by(row, telling))


def _term(row: Row, telling: Telling) -> Due:
    told_of = {"person": row.called, "unit": row.answers, "title": row.detail}
    what = _("%(person)s（%(unit)s %(title)s）任期届满") % told_of
    url = reverse("post_edit", args=[row.about])
    return Due(row.day, what, url, row.answers, _("换届或续任"), _by(row, telling))


def _sheet(row: Row, telling: Telling) -> Due:
    what = _("%(round)s：填%(way)s") % {"round": row.called, "way": Way(row.detail).label}
    url = reverse("round_fill", args=[row.about])
    return Due(row.day, what, url, row.answers, _("每家只填一次，结束前可改"), _by(row, telling))


def _count(row: Row, telling: Telling) -> Due:
    what = _("%(round)s：到期待计票") % {"round": row.called}
    url = reverse("round", args=[row.about])
    return Due(row.day, what, url, row.answers, _("计票以后才算进考核"), _by(row, telling))


def _objection(row: Row, telling: Telling) -> Due:
    what = _("答复异议：%(unit)s “%(item)s”") % {"unit": row.called, "item": row.detail}
    url = reverse("objection", args=[row.about])
    return Due(row.day, what, url, row.answers, _("公示期内提出的异议"), _by(row, telling))


def _seal(row: Row, telling: Telling) -> Due:
    what = _("%(period)s 考核结果封账") % {"period": row.detail}
    url = reverse("seal_new", args=[row.about])
    return Due(row.day, what, url, row.answers, _("公示期满，异议答复完"), _by(row, telling))


def _result(row: Row, telling: Telling) -> Due:
    period, unit = row.detail.split(PART, 1)
    what = _("签收 %(period)s 考核结果") % {"period": period}
    says = _("封账后 %(days)s 天内签收") % {"days": telling.settings.bulletin.receipt_days}
    url = reverse("seal_receipt", args=[row.about, int(unit)])
    return Due(row.day, what, url, row.answers, says, _by(row, telling))


def _reopening(row: Row, telling: Telling) -> Due:
    what = _("%(period)s 考核结果申请重新核算，待批复") % {"period": row.detail}
    lamp = lamp_since(row.day, as_of=telling.as_of, amber_days=telling.settings.amber_days)
    url = reverse("seal", args=[row.about])
    return Due(row.day, what, url, row.answers, _("一人申请，另一人批准"), lamp)


def _by(row: Row, telling: Telling) -> Lamp:
    return lamp_by(row.day, as_of=telling.as_of, amber_days=telling.settings.amber_days)


WORDS: Mapping[str, Callable[[Row, Telling], Due]] = {
    "verdict": _verdict,
    "returned": _returned,
    "project": _project,
    "return": _return,
    "mobilised": _mobilised,
    "import": _import,
    "bulletin": _bulletin,
    "pledge": _pledge,
    "check": _check,
    "receipt": _receipt,
    "milestone": _milestone,
    "term": _term,
    "sheet": _sheet,
    "count": _count,
    "objection": _objection,
    "seal": _seal,
    "result": _result,
    "reopening": _reopening,
}
"""How each matter is put into words."""
