"""What is measured, and the limit for each: the best that other programs reached on such data."""

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from statistics import median
from urllib.parse import quote, urlencode

from bench.server import Client, Server
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Person

Path = tuple[str, bytes | None]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured thing: milliseconds a request, half of them under `p50`, nearly all under `p95`."""

    name: str
    who: str
    limit: float | None
    p50: float
    p95: float
    cpu: float | None
    counts: str = ""
    judged: float = 0.0
    more: bool = False
    """Whether more is better: requests a second, and not milliseconds or bytes."""

    @property
    def ratio(self) -> float | None:
        """The judged figure as a part of the limit; over one is too slow, or too much."""
        if not self.limit:
            return None
        return self.limit / self.judged if self.more else self.judged / self.limit

    def data(self) -> dict[str, object]:
        """As plain data."""
        return {**asdict(self), "ratio": self.ratio}


@dataclass(frozen=True)
class Item:
    """A kind of request: its paths, in turn, and its limit in milliseconds, of the half or of nearly all."""

    name: str
    limit: float | None
    paths: Callable[[Random, Person], Iterator[Path]]
    times: int = 100
    nearly_all: bool = False
    note: str = ""


def measured(item: Item, who: str, person: Person, client: Client, server: Server) -> Figure:
    """The item asked so many times by one person, after ten times to warm up."""
    paths = item.paths(Random(7), person)
    for _ in range(10):
        _asked(client, *next(paths))
    before = server.cpu()
    took = [_asked(client, *next(paths)) for _ in range(item.times)]
    cpu = (server.cpu() - before) * 1000 / item.times
    figure = replace(summed(item.name, who, item.limit, took, cpu), counts=item.note)
    return replace(figure, judged=figure.p95) if item.nearly_all else figure


def _asked(client: Client, path: str, body: bytes | None) -> float:
    key = {"Idempotency-Key": uuid.uuid4().hex} if body else {}
    took = client.ask(path, body, **key)
    assert took.status in {200, 201}, (path, took.status, took.body[:500])
    return took.ms


def summed(
    name: str, who: str, limit: float | None, took: Sequence[float], cpu: float | None
) -> Figure:
    """Many times as one figure."""
    ordered = sorted(took)
    p50, p95 = median(ordered), ordered[int(len(ordered) * 0.95) - 1]
    return Figure(name=name, who=who, limit=limit, p50=p50, p95=p95, cpu=cpu, judged=p50)


def _always(path: str) -> Callable[[Random, Person], Iterator[Path]]:
    def paths(_rng: Random, _person: Person) -> Iterator[Path]:
        while True:
            yield path, None

    return paths


def _some(pattern: str) -> Callable[[Random, Person], Iterator[Path]]:
    """Projects in sight, here and there in the register."""

    def paths(rng: Random, person: Person) -> Iterator[Path]:
        keys = Project.objects.visible_to(person).order_by("pk").values_list("pk", flat=True)
        chosen = rng.sample(list(keys), 40)
        while True:
            yield pattern.format(rng.choice(chosen)), None

    return paths


def _words(rng: Random, person: Person) -> Iterator[Path]:
    """Two characters that stand side by side in the name of some project, common and rare ones."""
    names = Project.objects.visible_to(person).order_by("pk").values_list("name", flat=True)
    listed = list(names[:2000])
    while True:
        name = rng.choice(listed)
        start = rng.randrange(len(name) - 1)
        yield f"/api/projects?q={quote(name[start : start + 2])}", None


def _found(rng: Random, person: Person) -> Iterator[Path]:
    """The same words asked of everything that can be found."""
    for path, body in _words(rng, person):
        yield path.replace("/api/projects?", "/find/?"), body


def _new(confirmed: str) -> Callable[[Random, Person], Iterator[Path]]:
    """Projects that nobody plans, of the person's own unit."""

    def paths(_rng: Random, person: Person) -> Iterator[Path]:
        unit = person.acting_unit_id
        while True:
            named = {"name": f"测速{uuid.uuid4().hex}", "investor": "测速公司", "total": "12000"}
            parts = {"introducer_1": unit, "lead_1": unit, "confirmed": confirmed}
            yield "/api/projects", json.dumps({**named, "industry": "食品", **parts}).encode()

    return paths


LIST = "/api/projects?" + urlencode({"stage": "signed", "sort": "-moved", "page_size": 50})

SERVED = (
    Item("列表：筛选、按日期排序、50 条、计数", 12, _always(LIST)),
    Item("汇总：单位 × 环节", 77, _always("/api/projects/sums?by=unit,stage")),
    Item("检索：名称中的两个字", 93, _words),
    Item("入库：连同账本、区间和份额", 8, _new("skip"), note="留有全部历史的同类为 21"),
    Item("入库：另在全县查重", None, _new(""), times=20),
    Item("页面：今日", 150, _always("/"), nearly_all=True),
    Item("页面：等我办的事", 150, _always("/todo/"), nearly_all=True),
    Item("页面：查找", 150, _found, nearly_all=True),
    Item("页面：项目列表", 100, _always("/projects/"), nearly_all=True),
    Item("页面：项目列表（筛选）", 100, _always("/projects/?stage=signed"), nearly_all=True),
    Item("页面：看板", None, _always("/projects/?show=board"), times=20),
    Item("页面：按环节分组", None, _always("/projects/?group=stage"), times=20),
    Item("页面：一个项目", 100, _some("/projects/{}/"), nearly_all=True),
    Item("接口：一个项目", 100, _some("/api/projects/{}"), nearly_all=True),
    Item("接口：五未", 100, _always("/api/nots"), times=40, nearly_all=True),
    Item("页面：成绩单", 100, _always("/scores/"), nearly_all=True),
)
