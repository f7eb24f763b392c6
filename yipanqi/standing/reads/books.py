"""The ledger as people read it: what was written, about what, by whom, for which unit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Entry, subject_of
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Kind

KINDS = {
    "genesis": _("开账"),
    "open:org.unit": _("设立单位"),
    "amend:org.unit": _("修改单位"),
    "open:org.person": _("开设账号"),
    "amend:org.person": _("修改人员"),
    "open:org.post": _("任职"),
    "amend:org.post": _("变更任职"),
    "open:org.charter": _("组建"),
    "amend:org.charter": _("修改组建依据"),
    "succession": _("职务交接"),
    "pair": _("包保结对"),
    "unpair": _("解除包保"),
    "join": _("加入组"),
    "leave": _("退出组"),
    "charge": _("明确职能"),
    "relieve": _("免去职能"),
    "password": _("设置密码"),
    "fact:org.milestone": _("定节点任务"),
    "fact:org.milestonedone": _("完成节点任务"),
    "fact:place.settingsversion": _("启用口径"),
    "open:place.document": _("登记文件"),
    "amend:place.document": _("更正文件"),
    "in_force": _("口径生效"),
    "fact:targets.target": _("下达任务"),
    "open:projects.project": _("项目入库"),
    "amend:projects.project": _("修改项目"),
    "parts": _("参与单位与份额"),
    "fact:projects.claim": _("申报"),
    "fact:projects.progress": _("报进展"),
    "fact:projects.plan": _("调整期限"),
    "fact:projects.withdrawal": _("撤回"),
    "fact:standing.verdict": _("认定结论"),
    "fact:returns.return": _("上报月报"),
    "open:lists.savedview": _("存视图"),
    "amend:lists.savedview": _("修改视图"),
    "open:assessment.methoddraft": _("存办法草稿"),
    "amend:assessment.methoddraft": _("改办法草稿"),
    "export": _("导出清单"),
    "fact:standing.bulkchange": _("批量修改"),
    "fact:activities.contact": _("报接洽"),
    "fact:activities.contactwithdrawal": _("撤回接洽"),
    "fact:activities.check": _("包保检查"),
    "fact:assessment.methodversion": _("采用考核办法"),
    "fact:publishing.draft": _("起草考核结果"),
    "fact:publishing.notice": _("公示考核结果"),
    "fact:publishing.objection": _("提异议"),
    "fact:publishing.answer": _("答复异议"),
    "fact:publishing.seal": _("封账"),
    "fact:publishing.sealreceipt": _("签收考核结果"),
    "fact:publishing.publication": _("公布考核结果"),
    "fact:publishing.reopening": _("申请重新核算"),
    "fact:publishing.decision": _("批复重新核算"),
    "fact:dispatch.bulletin": _("印发通报"),
    "fact:dispatch.receipt": _("签收通报"),
    "dossier": _("调阅实绩档案"),
    "fact:pledges.pledgeround": _("定签状期限"),
    "fact:pledges.pledge": _("生成军令状"),
    "fact:pledges.signing": _("签军令状"),
    "fact:outside.outsidefigure": _("录外部数据"),
    "fact:returns.mobilisation": _("动员部署"),
    "fact:returns.mobilised": _("报部署情况"),
}
"""What the kinds of entry are called; one that has no name here shows its own."""

SHOWN = 50


@dataclass(frozen=True)
class Written:
    """One entry, readable."""

    entry: Entry
    kind: str
    about: str
    project: Project | None
    who: str
    unit: str
    payload: str


def entries_of(person: Person) -> QuerySet[Entry]:
    """The entries of a person's own places.

    What the installation wrote itself names no unit: it is shown where there is one place only.
    """
    units = Unit.objects.under(*person.reach(Can.SEE_LEDGER).places)
    mine = Q(unit_id__in=list(units.values_list("pk", flat=True)))
    if Unit.objects.filter(kind=Kind.PLACE).count() == 1:
        mine |= Q(unit_id__isnull=True)
    return Entry.objects.filter(mine).order_by("-seq")


def subject_named(text: str, person: Person) -> str:
    """The subject somebody means: a project's code, or a subject as the ledger writes it."""
    projects = Project.objects.filter(place__path__in=person.place_paths, code__iexact=text)
    project = projects.first()
    return subject_of(project) if project else text


def written(entries: Sequence[Entry]) -> list[Written]:
    """A page of entries with the names of people, units and projects."""
    people = Person.objects.in_bulk(
        {*_keys(entries, "org.person"), *(e.actor_id for e in entries if e.actor_id)}
    )
    units = Unit.objects.in_bulk(
        {*_keys(entries, "org.unit"), *(e.unit_id for e in entries if e.unit_id)}
    )
    projects = Project.objects.in_bulk(_keys(entries, "projects.project"))
    return [_written(entry, people, units, projects) for entry in entries]


def _keys(entries: Sequence[Entry], label: str) -> set[int]:
    return {_key(entry, label) for entry in entries} - {0}


def _key(entry: Entry, label: str) -> int:
    """The key of what an entry is about, where that is one of this kind."""
    named, _colon, key = entry.subject.partition(":")
    return int(key) if named == label and key.isdecimal() else 0


def _written(
    entry: Entry,
    people: dict[int, Person],
    units: dict[int, Unit],
    projects: dict[int, Project],
) -> Written:
    project = projects.get(_key(entry, "projects.project"))
    other = units.get(_key(entry, "org.unit")) or people.get(_key(entry, "org.person"))
    who, unit = people.get(entry.actor_id or 0), units.get(entry.unit_id or 0)
    return Written(
        entry,
        str(KINDS.get(entry.kind, entry.kind)),
        str(project or other or entry.subject),
        project,
        str(who or _("系统")),
        str(unit or ""),
        json.dumps(json.loads(entry.payload), ensure_ascii=False, indent=1),
    )
