"""What is true of targets, whoever sets them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem


class TargetKind(TextChoices):
    """Whose word a target is (任务来源): given from above, or promised beyond that."""

    ASSIGNED = "assigned", gettext_lazy("下达任务")
    PLEDGED = "pledged", gettext_lazy("自加压力")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One target to be set: whose, of which indicator, how much; of one person where it is theirs."""

    holder_id: int
    indicator: str
    amount: int
    kind: TargetKind = TargetKind.ASSIGNED
    person_id: int | None = None

    @property
    def key(self) -> tuple[int, int | None, str, TargetKind]:
        """What this is the word on; a newer one on the same replaces it."""
        return self.holder_id, self.person_id, self.indicator, self.kind


def task_problems(tasks: Iterable[Task]) -> Iterator[Problem]:
    """A task is not below nothing, and said once."""
    seen: set[tuple[int, int | None, str, TargetKind]] = set()
    for task in tasks:
        if task.amount < 0:
            yield Problem(text=_("任务数不能小于 0"), where=task.indicator)
        if task.key in seen:
            text = _("同一单位、同一指标写了两次，请只留一个")
            yield Problem(text=text, where=task.indicator)
        seen.add(task.key)
