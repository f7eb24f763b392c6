"""Roles, rights and how far they reach. A change of rights is a reviewed commit."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of unit (单位类别)."""

    PLACE = "place", _("地方")
    SEAT = "seat", _("县领导")
    TOWNSHIP = "township", _("乡镇")
    DEPARTMENT = "department", _("责任部门")
    OTHER_DEPARTMENT = "other_department", _("其他部门")
    ZONE = "zone", _("园区")
    COUNTY = "county", _("县（市、区）")
    LEADING_GROUP = "leading_group", _("领导小组")
    COMMITTEE = "committee", _("产业投促委")
    TEAM = "team", _("招商组")
    CHAIN = "chain", _("产业链")
    BRANCH = "branch", _("招商分局")
    OUTPOST = "outpost", _("驻外办事处")
    TASK_FORCE = "task_force", _("专班")
    WORKING_GROUP = "working_group", _("工作组")
    HELPER = "helper", _("外部助力")

    @classmethod
    def groups(cls) -> "frozenset[Kind]":
        """Kinds whose members are units and people of elsewhere in the tree."""
        return frozenset(cls) - {
            *(cls.PLACE, cls.SEAT, cls.TOWNSHIP, cls.DEPARTMENT, cls.OTHER_DEPARTMENT, cls.ZONE),
            cls.COUNTY,
        }


class Role(TextChoices):
    """What comes with a post (角色)."""

    LEADER = "leader", _("领导")
    CLERK = "clerk", _("招商部门经办")
    CHIEF = "chief", _("招商部门负责人")
    LIAISON = "liaison", _("联络员")
    VERIFIER = "verifier", _("认定人员")
    ADMINISTRATOR = "administrator", _("系统管理员")
    MEMBER = "member", _("成员")
    APPRAISER = "appraiser", _("考察人员")


class Capacity(TextChoices):
    """As what a person or a unit stands in a unit or a group (身份)."""

    HEAD = "head", _("负责人")
    DEPUTY = "deputy", _("副职")
    MEMBER = "member", _("成员")
    SUBSTITUTE = "substitute", _("替补")


class Function(TextChoices):
    """What a unit does for the whole place beside its own tasks (职能)."""

    COORDINATES = "coordinates", _("综合协调")
    FOLLOWS = "follows", _("跟踪落地项目")
    SORTS = "sorts", _("线索梳理研判")
    PROMOTES = "promotes", _("招商办")


class Matter(TextChoices):
    """What a leader answers for (包保对象)."""

    UNIT = "unit", _("单位")
    ENTERPRISE = "enterprise", _("企业")
    LINE = "line", _("战线")


class Can(StrEnum):
    """Everything that somebody may or may not do."""

    SEE_PROJECT = "see_project"
    REGISTER_PROJECT = "register_project"
    AMEND_PROJECT = "amend_project"
    CLAIM = "claim"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    IMPORT = "import"
    TAKE_BACK_IMPORT = "take_back_import"
    SUBMIT_RETURN = "submit_return"
    SEE_RETURN = "see_return"
    SEE_SCORE = "see_score"
    SET_METHOD = "set_method"
    SEE_BULLETIN = "see_bulletin"
    ISSUE_BULLETIN = "issue_bulletin"
    SEE_PLACE = "see_place"
    SEE_LEDGER = "see_ledger"
    SEE_ORG = "see_org"
    SET_ORG = "set_org"
    APPOINT = "appoint"
    SEE_CONTACT = "see_contact"
    REPORT_CONTACT = "report_contact"
    CHECK_PROJECT = "check_project"
    SEE_TARGET = "see_target"
    SET_TARGET = "set_target"
    SPLIT_TARGET = "split_target"
    PLEDGE = "pledge"
    SEE_DOSSIER = "see_dossier"
    SEE_DOCUMENT = "see_document"
    SET_DOCUMENT = "set_document"
    REPORT_MOBILISED = "report_mobilised"
    ENTER_FIGURE = "enter_figure"
    TELL_FIGURE = "tell_figure"
    SET_PLACE = "set_place"
    SHARE_VIEW = "share_view"
    RECEIVE_BULLETIN = "receive_bulletin"
    OPEN_ROUND = "open_round"
    FILL_SHEET = "fill_sheet"
    PUBLISH_RESULT = "publish_result"
    OBJECT = "object"
    ANSWER_OBJECTION = "answer_objection"
    RECEIVE_RESULT = "receive_result"
    REOPEN_RESULT = "reopen_result"


class Scope(IntEnum):
    """How far a right reaches: what the unit takes part in, or the whole place."""

    UNIT = 1
    ALL = 2


EVERYONE = {
    Can.SEE_SCORE: Scope.ALL,
    Can.SEE_BULLETIN: Scope.ALL,
    Can.SEE_PLACE: Scope.ALL,
    Can.SEE_ORG: Scope.ALL,
    Can.SEE_TARGET: Scope.ALL,
    Can.SEE_DOCUMENT: Scope.ALL,
}

GRANTS: dict[Role, dict[Can, Scope]] = {
    Role.LEADER: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.ALL,
        Can.SEE_RETURN: Scope.ALL,
        Can.SEE_CONTACT: Scope.ALL,
        Can.REPORT_CONTACT: Scope.UNIT,
        Can.CHECK_PROJECT: Scope.UNIT,
        Can.PLEDGE: Scope.UNIT,
        Can.RECEIVE_BULLETIN: Scope.UNIT,
        Can.FILL_SHEET: Scope.UNIT,
        Can.OBJECT: Scope.UNIT,
        Can.RECEIVE_RESULT: Scope.UNIT,
        Can.REOPEN_RESULT: Scope.ALL,
    },
    Role.CLERK: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.ALL,
        Can.REGISTER_PROJECT: Scope.ALL,
        Can.AMEND_PROJECT: Scope.ALL,
        Can.CLAIM: Scope.ALL,
        Can.WITHDRAW: Scope.UNIT,
        Can.VERIFY: Scope.UNIT,
        Can.IMPORT: Scope.ALL,
        Can.TAKE_BACK_IMPORT: Scope.ALL,
        Can.SUBMIT_RETURN: Scope.UNIT,
        Can.SEE_RETURN: Scope.ALL,
        Can.SEE_LEDGER: Scope.ALL,
        Can.SET_ORG: Scope.ALL,
        Can.SEE_CONTACT: Scope.ALL,
        Can.REPORT_CONTACT: Scope.ALL,
        Can.SET_TARGET: Scope.ALL,
        Can.SPLIT_TARGET: Scope.UNIT,
        Can.SET_DOCUMENT: Scope.ALL,
        Can.REPORT_MOBILISED: Scope.ALL,
        Can.ENTER_FIGURE: Scope.ALL,
        Can.TELL_FIGURE: Scope.ALL,
        Can.SHARE_VIEW: Scope.ALL,
        Can.RECEIVE_BULLETIN: Scope.UNIT,
        Can.OPEN_ROUND: Scope.ALL,
        Can.FILL_SHEET: Scope.UNIT,
        Can.ANSWER_OBJECTION: Scope.ALL,
        Can.RECEIVE_RESULT: Scope.UNIT,
    },
    Role.CHIEF: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.ALL,
        Can.VERIFY: Scope.UNIT,
        Can.SEE_RETURN: Scope.ALL,
        Can.SET_METHOD: Scope.ALL,
        Can.ISSUE_BULLETIN: Scope.ALL,
        Can.SEE_LEDGER: Scope.ALL,
        Can.SEE_CONTACT: Scope.ALL,
        Can.SET_TARGET: Scope.ALL,
        Can.SET_DOCUMENT: Scope.ALL,
        Can.SET_PLACE: Scope.ALL,
        Can.SHARE_VIEW: Scope.ALL,
        Can.OPEN_ROUND: Scope.ALL,
        Can.FILL_SHEET: Scope.UNIT,
        Can.PUBLISH_RESULT: Scope.ALL,
        Can.ANSWER_OBJECTION: Scope.ALL,
        Can.REOPEN_RESULT: Scope.ALL,
    },
    Role.LIAISON: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.UNIT,
        Can.REGISTER_PROJECT: Scope.UNIT,
        Can.AMEND_PROJECT: Scope.UNIT,
        Can.CLAIM: Scope.UNIT,
        Can.WITHDRAW: Scope.UNIT,
        Can.IMPORT: Scope.UNIT,
        Can.TAKE_BACK_IMPORT: Scope.UNIT,
        Can.SUBMIT_RETURN: Scope.UNIT,
        Can.SEE_RETURN: Scope.UNIT,
        Can.SEE_CONTACT: Scope.UNIT,
        Can.REPORT_CONTACT: Scope.UNIT,
        Can.CHECK_PROJECT: Scope.UNIT,
        Can.SPLIT_TARGET: Scope.UNIT,
        Can.PLEDGE: Scope.UNIT,
        Can.REPORT_MOBILISED: Scope.UNIT,
        Can.RECEIVE_BULLETIN: Scope.UNIT,
        Can.FILL_SHEET: Scope.UNIT,
        Can.TELL_FIGURE: Scope.UNIT,
        Can.OBJECT: Scope.UNIT,
        Can.RECEIVE_RESULT: Scope.UNIT,
    },
    Role.VERIFIER: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.UNIT,
        Can.VERIFY: Scope.UNIT,
        Can.FILL_SHEET: Scope.UNIT,
        Can.TELL_FIGURE: Scope.UNIT,
    },
    Role.ADMINISTRATOR: {
        Can.SEE_PLACE: Scope.ALL,
        Can.SEE_LEDGER: Scope.ALL,
        Can.SEE_ORG: Scope.ALL,
        Can.SET_ORG: Scope.ALL,
        Can.APPOINT: Scope.ALL,
    },
    Role.MEMBER: EVERYONE
    | {
        Can.SEE_PROJECT: Scope.UNIT,
        Can.SEE_CONTACT: Scope.UNIT,
        Can.FILL_SHEET: Scope.UNIT,
    },
    Role.APPRAISER: EVERYONE | {Can.SEE_DOSSIER: Scope.ALL},
}


@dataclass(frozen=True)
class Reach:
    """The parts of the tree that a right covers: whole places, and single units with all below."""

    places: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether the right reaches nowhere."""
        return not self.places and not self.units

    def covers(self, path: str) -> bool:
        """Whether a unit at this place in the tree lies within."""
        return path.startswith((*self.places, *self.units))


def reach_of(what: Can, held: Iterable[tuple[Role, str]]) -> Reach:
    """How far a right goes for somebody who holds these roles at these places in the tree."""
    places, units = set(), set()
    for role, path in held:
        scope = GRANTS[role].get(what)
        if scope is Scope.ALL:
            places.add(place_path(path))
        elif scope is Scope.UNIT:
            units.add(path)
    return Reach(frozenset(places), frozenset(units))


def place_path(path: str) -> str:
    """The place at the root of a unit's path."""
    return "/".join(path.split("/")[:2]) + "/"
