"""Every figure is a door: behind it stands a list whose total is that figure, for each who sees it."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from yipanqi.cli import demo
from yipanqi.cli.founding import TODAY
from yipanqi.org.models import Person
from yipanqi.standing.factories import make_county

ROLES = ("lijing", "shuji", "qingshan", "ziran.rd", "admin")
ATTRIBUTES = ("data-n", "data-fen")
PAGES_OF_A_KIND, DOORS_OF_A_KIND, PAGES = 1, 3, 50
NOT_FOLLOWED = {"account_logout", "evidence"}

Figure = tuple[str, str]
"""What an element counts, records or 分, and how many."""


@dataclass
class Page(HTMLParser):
    """The links of a page, those that are figures, and the totals that stand on it."""

    address: str
    links: list[str] = field(default_factory=list)
    doors: list[tuple[str, Figure]] = field(default_factory=list)
    totals: set[Figure] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        figures = [(name, said[name] or "") for name in ATTRIBUTES if name in said]
        if tag != "a":
            self.totals.update(figures)
            return
        where = urljoin(self.address, said.get("href") or "").split("#")[0]
        if where.startswith("/"):
            self.links.append(where)
            self.doors += [(where, figure) for figure in figures]


@pytest.fixture(scope="module")
def county(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The demonstration, loaded once, on its own day."""
    kept = tmp_path_factory.mktemp("demo")
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=kept / "files", VAR=kept, CLOCK_OFFSET=noon - datetime.now(UTC)
        ),
        transaction.atomic(),
    ):
        demo.load()
        yield
        transaction.set_rollback(True)


def opened(client: Client, address: str) -> Page | None:
    """A page of ours as this person sees it; nothing where the address gives a file or leads on."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 403}, f"{address} {answer.status_code}"
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        return None
    page = Page(address)
    page.feed(answer.content.decode())
    return page


def kind_of(address: str) -> str:
    """The name of a page and the questions in its address: pages that look alike."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).url_name or ""
    except Resolver404:
        return ""
    return name + "".join(
        sorted(f"?{pair.split('=')[0]}" for pair in parts.query.split("&") if pair)
    )


def crawled(client: Client) -> Iterator[Page]:
    """Pages reached from the first one, a few of each kind."""
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting and len(seen) < PAGES * 20 and kinds.total() < PAGES:
        address = waiting.popleft()
        if kinds[kind_of(address)] >= PAGES_OF_A_KIND:
            continue
        kinds[kind_of(address)] += 1
        page = opened(client, address)
        if page is None:
            continue
        yield page
        for link in page.links:
            kind = kind_of(link)
            if link not in seen and kind and kind.split("?")[0] not in NOT_FOLLOWED:
                seen.add(link)
                waiting.append(link)


def doors_of(page: Page, asked: Counter[tuple[str, str]]) -> Iterator[tuple[str, Figure]]:
    """A few of the doors of each kind that lead from one kind of page to another, nought among them."""
    for where, figure in page.doors:
        kind = (kind_of(page.address), kind_of(where))
        if asked[kind] < DOORS_OF_A_KIND:
            asked[kind] += 1
            yield where, figure


def wrong_figures(person: Person) -> tuple[list[str], int]:
    """Figures whose list says another total, and how many figures were followed."""
    client, asked = Client(), Counter[tuple[str, str]]()
    client.force_login(person)
    behind, wrong = dict[str, Page | None](), list[str]()
    for page in crawled(client):
        for where, figure in doors_of(page, asked):
            if where not in behind:
                behind[where] = opened(client, where)
            there = behind[where]
            if there is None or figure not in there.totals:
                told = sorted(there.totals) if there else "no page"
                wrong.append(f"{page.address} → {where} says {figure}, there {told}")
    return wrong, asked.total()


@pytest.mark.parametrize("account", ROLES)
def test_the_list_behind_each_figure_has_that_total(county, account):
    wrong, followed = wrong_figures(Person.objects.get(username=account))

    assert wrong == []
    assert followed > (0 if account == "admin" else 20)


@pytest.mark.django_db
@pytest.mark.parametrize("account", ["clerk", "xianzhang", "qingshan", "administrator"])
def test_in_an_empty_county_each_nought_opens_an_empty_list(account):
    wrong, _ = wrong_figures(make_county().people[account])

    assert wrong == []
