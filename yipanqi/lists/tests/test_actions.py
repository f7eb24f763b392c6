"""Views are kept, changed, removed; what is taken away stands in the ledger."""

import hashlib
import json

import pytest

from yipanqi.core.lists import Column
from yipanqi.core.problems import Refused
from yipanqi.core.sheets import Sheet
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings
from yipanqi.lists.actions import change_view, export, remove_view, save_view
from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed, Written
from yipanqi.org.factories import NOON, make_org

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_org()


def saved(by, name="重点项目", query="level=*", **more):
    return save_view(listed=Listed.PROJECTS, name=name, query=query, by=by, at=NOON, **more)


def changed(view, by, **changes):
    said = {"name": view.name, "query": view.query, "shared": view.shared, "first": view.first}
    version = changes.pop("version", view.version)
    change_view(view=view, **{**said, **changes}, version=version, by=by, at=NOON)
    view.refresh_from_db()


def names(person):
    return set(SavedView.objects.visible_to(person).values_list("name", flat=True))


def test_a_view_is_kept_for_oneself_with_its_entry(county):
    view = saved(county.liaison(), query="level=*&page=7")

    assert (view.query, view.owner, view.place) == ("level=%2A", county.liaison(), county.place)
    assert Entry.objects.filter(kind="open:lists.savedview").count() == 1
    assert (names(county.liaison()), names(county.clerk)) == ({"重点项目"}, set())


def test_a_shared_view_is_seen_by_the_place_and_by_no_other(county):
    saved(county.clerk, shared=True)
    other = make_org("邻县", prefix="other_")

    assert names(county.liaison()) == {"重点项目"}
    assert names(other.liaison()) == set()


def test_sharing_needs_the_right_and_leaves_nothing_where_it_is_missing(county):
    with pytest.raises(Refused, match="没有共享视图的权限"):
        saved(county.liaison(), shared=True)

    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_by_each_person_and_free_again_after_removal(county):
    view = saved(county.clerk)
    saved(county.chief)
    with pytest.raises(Refused, match="已有一个叫“重点项目”的视图"):
        saved(county.clerk)

    remove_view(view=view, by=county.clerk, at=NOON)

    assert saved(county.clerk).pk != view.pk
    assert SavedView.objects.filter(removed=True).count() == 1


def test_a_list_begins_with_one_view(county):
    before = saved(county.clerk, first=True)
    now = saved(county.clerk, name="本月到期", first=True)

    before.refresh_from_db()
    assert (before.first, now.first) == (False, True)
    changed(before, county.clerk, first=True)
    now.refresh_from_db()
    assert (before.first, now.first) == (True, False)
    assert list(findings()) == []


def test_a_view_is_renamed_and_asks_something_else(county):
    view = saved(county.clerk)

    changed(view, county.clerk, name="大项目", query="band=b4", shared=True)

    assert (view.name, view.query, view.shared) == ("大项目", "band=b4", True)
    assert Entry.objects.filter(kind="amend:lists.savedview").count() == 1


def test_of_two_changes_over_the_same_version_one_wins(county):
    view = saved(county.clerk, shared=True)
    changed(view, county.clerk, query="band=b4")

    with pytest.raises(Refused, match="别人刚刚改过"):
        changed(view, county.chief, query="band=b5", version=1)


def test_whoever_may_share_looks_after_what_others_share_and_begins_with_ones_own(county):
    view = saved(county.clerk, shared=True, first=True)
    private = saved(county.clerk, name="自己看")

    mine = SavedView.objects.changeable_by(county.chief)
    assert set(mine) == {view}
    assert set(SavedView.objects.changeable_by(county.liaison())) == set()
    assert set(SavedView.objects.changeable_by(county.clerk)) == {view, private}
    changed(view, county.chief, shared=False, first=False)
    assert (view.shared, view.first) == (False, True)


@pytest.mark.parametrize("written", Written)
def test_what_is_taken_away_stands_in_the_ledger_with_its_digest(county, written):
    sheet = Sheet("项目", "全部", [Column("name", "项目", value=str)], iter(["甲", "乙"]))

    done = export(
        sheet=sheet,
        written=written,
        listed=Listed.PROJECTS,
        query="stage=signed&page=2",
        by=county.clerk,
        at=NOON,
    )

    entry = Entry.objects.get(kind="export")
    said = json.loads(entry.payload)
    assert entry.actor_id == county.clerk.pk
    with done.file as file:
        assert said["digest"] == hashlib.sha256(file.read()).hexdigest()
    assert (said["rows"], said["query"], said["columns"]) == (2, "stage=signed", ["name"])
    assert (said["list"], said["format"]) == ("projects", written.value)
