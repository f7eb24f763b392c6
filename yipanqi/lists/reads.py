"""The views of a list as somebody finds them above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed, kept_of, same
from yipanqi.org.models import Person


@dataclass(frozen=True)
class Tab:
    """A view above its list: the address that opens it, whether it is open, whether it is one's own."""

    view: SavedView
    url: str
    here: bool
    mine: bool


@dataclass(frozen=True)
class Tabs:
    """The views of a list, and how what is shown now stands to them."""

    listed: Listed
    tabs: Sequence[Tab]
    query: str
    opened: Tab | None

    @property
    def changed(self) -> Tab | None:
        """One's own view that was opened and then asked otherwise."""
        opened = self.opened
        return opened if opened and opened.mine and not opened.here else None

    @property
    def whole(self) -> bool:
        """Whether nothing is asked of the list."""
        return not self.query

    @property
    def first(self) -> str:
        """The address of the view that one's list begins with, if there is one."""
        return next((tab.url for tab in self.tabs if tab.mine and tab.view.first), "")


def tabs_of(person: Person, listed: Listed, asked: QueryDict) -> Tabs:
    """The views in sight of one list, what the place shares before one's own; one query."""
    rows = SavedView.objects.visible_to(person).filter(listed=listed)
    query = kept_of(asked.urlencode())
    tabs = [_tab(view, person, query) for view in rows.order_by("-shared", "name", "pk")]
    opened = next((tab for tab in tabs if str(tab.view.pk) == asked.get("view")), None)
    return Tabs(listed, tabs, query, opened)


def _tab(view: SavedView, person: Person, query: str) -> Tab:
    url = f"?{view.query}&view={view.pk}" if view.query else f"?view={view.pk}"
    return Tab(view, url, same(view.query, query), view.owner_id == person.pk)
