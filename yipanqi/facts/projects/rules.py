"""What is true of a project's records, whatever the place: parts, shares, days, evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence
from yipanqi.core.problems import Problem, Weight


class PartRole(TextChoices):
    """How a unit takes part in a project."""

    INTRODUCER = "introducer", _("引进单位")
    LANDING = "landing", _("落地单位")
    LEAD = "lead", _("责任单位")
    LEADER = "leader", _("包保领导")
    VERIFIER = "verifier", _("认定单位")


REPORTING = frozenset({PartRole.INTRODUCER, PartRole.LANDING, PartRole.LEAD})
"""The parts that may report on a project."""

SHARED = (PartRole.INTRODUCER, PartRole.LANDING)
"""The parts whose credit is split by agreed shares."""


class Honour(TextChoices):
    """Lists that an investor stands on (荣誉)."""

    NONE = "", _("无")
    FORTUNE500 = "fortune500", _("世界500强")
    CHINA500 = "china500", _("中国500强")
    LISTED = "listed", _("上市公司")


class Level(TextChoices):
    """Whose key project it is (重点级别)."""

    NONE = "", _("一般")
    COUNTY = "county", _("县重点")
    CITY = "city", _("市重点")
    PROVINCE = "province", _("省重点")


class Currency(TextChoices):
    """Currencies that amounts come in."""

    CNY = "CNY", _("人民币")
    USD = "USD", _("美元")


@dataclass(frozen=True, kw_only=True)
class Share:
    """A unit's part in a project, with its share of the credit, num / den."""

    unit_id: int
    role: PartRole
    num: int = 1
    den: int = 1
    person_id: int | None = None

    @property
    def fraction(self) -> Fraction:
        """The share as an exact number."""
        return Fraction(self.num, self.den)


def share_problems(shares: Iterable[Share]) -> Iterator[Problem]:
    """A project's credit is split between units and never counted twice (A10)."""
    wholes: dict[PartRole, Fraction] = defaultdict(Fraction)
    seen: set[tuple[int, PartRole]] = set()
    for share in shares:
        if not 0 < share.fraction <= 1:
            yield Problem(text=gettext("份额应在 0 和 100% 之间"), where=str(share.role.label))
        if (share.unit_id, share.role) in seen:
            yield Problem(text=gettext("同一单位列了两次，请合并"), where=str(share.role.label))
        seen.add((share.unit_id, share.role))
        wholes[share.role] += share.fraction
    for role in SHARED:
        if wholes[role] > 1:
            over = float((wholes[role] - 1) * 100)
            yield Problem(
                text=gettext("各单位份额合计超过 100%%（多出 %(over)s%%），请调整后再保存")
                % {"over": format(over, "g")},
                where=str(role.label),
                clause=gettext("规程：份额合计不超过 100%"),
            )


def day_problems(happened_on: date, *, today: date) -> Iterator[Problem]:
    """What is reported has happened: nothing is claimed for tomorrow."""
    if happened_on > today:
        yield Problem(
            text=gettext("%(happened_on)s 还没有到，只能申报已经发生的事")
            % {"happened_on": happened_on},
            where=gettext("发生日期"),
        )


def part_problems(roles: Iterable[str]) -> Iterator[Problem]:
    """Only a unit that has a part in a project reports on it."""
    if not REPORTING.intersection(roles):
        yield Problem(
            text=gettext("你的单位不是这个项目的引进、落地或责任单位，不能申报；请由参与单位申报"),
            where=gettext("申报单位"),
        )


def amount_problems(amount: int | None, *, is_funds: bool) -> Iterator[Problem]:
    """Money that arrived has an amount, and it is more than nothing."""
    if is_funds and (amount is None or amount <= 0):
        yield Problem(text=gettext("请填写到位金额，应大于 0"), where=gettext("金额"))


def evidence_problems(files: Iterable[Evidence], *, wanted: tuple[str, ...]) -> Iterator[Problem]:
    """A claim comes with what the place accepts as evidence."""
    if wanted and not tuple(files):
        yield Problem(
            text=gettext("请附上佐证材料：%(wanted)s") % {"wanted": "、".join(wanted)},
            where=gettext("佐证"),
        )


CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_credit_code(code: str) -> bool:
    """Whether the last of eighteen signs is what GB 32100-2015 computes from the others."""
    if len(code) != 18 or not set(code) <= set(CREDIT_SIGNS):
        return False
    signs = [CREDIT_SIGNS.index(sign) for sign in code]
    total = sum(sign * pow(3, place, 31) for place, sign in enumerate(signs[:-1]))
    return signs[-1] == -total % 31


def credit_code_problems(code: str) -> Iterator[Problem]:
    """A unified social credit code that cannot be right is doubted, not refused."""
    if code and not is_credit_code(code):
        yield Problem(
            text=gettext("统一社会信用代码的位数或校验位不对，可能抄错了一位，请核对"),
            where=gettext("统一社会信用代码"),
            weight=Weight.WARNS,
        )
