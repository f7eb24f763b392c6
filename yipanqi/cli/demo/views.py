"""The views that the invented county's promotion bureau shares, and one that a township keeps."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, Stage
from yipanqi.lists.actions import save_view
from yipanqi.lists.rules import Listed
from yipanqi.org.models import Person

TIDIED_ON = date(2026, 3, 16)
OF_PROJECTS = (
    ("本月到期", "due=month&sort=due"),
    ("5亿元以上未开工", "band=b4&before=started&sort=-total"),
    ("重点项目", "level=*&cols=name,level,lamp,stage,total,funds,leader,progress"),
    ("各镇各环节", "role=landing&group=unit&then=stage"),
)
"""What the bureau looks at every week, and shares."""

OWN = ("我镇要催的", "lamp=r&sort=due")


def told() -> Iterator[Done]:
    """One afternoon in spring the bureau puts its lists in order."""
    for name, query in OF_PROJECTS:
        yield Done(on=TIDIED_ON, hand=CLERK, do=partial(_keep, name=name, query=query, shared=True))
    name, query = OWN
    yield Done(on=TIDIED_ON, hand="青山镇", do=partial(_keep, name=name, query=query, shared=False))


def _keep(_stage: Stage, by: Person, at: datetime, *, name: str, query: str, shared: bool) -> None:
    save_view(listed=Listed.PROJECTS, name=name, query=query, shared=shared, by=by, at=at)
