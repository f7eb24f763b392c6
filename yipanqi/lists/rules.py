"""Which lists there are to keep, and what an address says of one."""

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem

PASSING = frozenset({"page", "view", "all", "csrfmiddlewaretoken"})
"""What stands in an address only for the moment."""

LONGEST = 1_500
"""So long an address may be kept."""


class Listed(TextChoices):
    """Lists that can be kept as views, by the name of their page (清单)."""

    PROJECTS = "projects", gettext_lazy("项目")
    NOTS = "nots", gettext_lazy("五未")
    PENDING = "pending", gettext_lazy("待认定")
    CONTACTS = "contacts", gettext_lazy("接洽")
    TARGETS = "targets", gettext_lazy("任务")
    RETURNS = "returns", gettext_lazy("月报")
    LEADERS = "leaders", gettext_lazy("领导包保")
    UNITS = "org", gettext_lazy("单位")
    PEOPLE = "people", gettext_lazy("人员")


class Written(TextChoices):
    """As what a list can be taken away (导出格式)."""

    XLSX = "xlsx", gettext_lazy("Excel 工作簿")
    CSV = "csv", gettext_lazy("CSV 文本")


def kept_of(query: str) -> str:
    """What of an address is worth keeping: every question, in its order, and nothing of the moment."""
    asked = parse_qsl(query, keep_blank_values=False)
    return urlencode([(name, value) for name, value in asked if name not in PASSING])


def same(one: str, other: str) -> bool:
    """Whether two addresses ask for the same, in whatever order they say so."""
    return sorted(parse_qsl(kept_of(one))) == sorted(parse_qsl(kept_of(other)))


def view_problems(name: str, query: str, taken: Iterable[str]) -> Iterator[Problem]:
    """A view has a name that none of one's own views of that list has, and an address that can be kept."""
    if not name.strip():
        yield Problem(text=_("给视图起个名字，例如“本月到期”"), where=_("名称"))
    if name.strip() in set(taken):
        text = _("你已有一个叫“%(name)s”的视图，请换个名字，或打开它再更新") % {
            "name": name.strip()
        }
        yield Problem(text=text, where=_("名称"))
    if len(kept_of(query)) > LONGEST:
        yield Problem(text=_("条件太长，存不下；请去掉一些列或条件再保存"), where=_("条件"))
