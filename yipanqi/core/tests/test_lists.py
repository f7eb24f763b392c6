"""What is asked for stands in the address."""

from django.http import QueryDict

from yipanqi.core.lists import Column, Sorting, address, page_of

COLUMNS = (
    Column("moved", "最近动态", "moved_on", descending=True),
    Column("name", "项目", "name"),
)


def test_nothing_sensible_asked_sorts_by_the_first_column_its_own_way():
    assert Sorting.of(COLUMNS, "").asked == "-moved"
    assert Sorting.of(COLUMNS, "--moved").asked == "-moved"
    assert Sorting.of(COLUMNS, "password").asked == "-moved"
    assert Sorting.of(COLUMNS, "-name").asked == "-name"


def test_a_second_touch_turns_the_order_round():
    heads = Sorting.of(COLUMNS, "-moved").headings(QueryDict("q=云岭&page=3"))

    assert heads["moved"].direction == "descending"
    assert QueryDict(heads["moved"].url[1:]).dict() == {"q": "云岭", "sort": "moved"}
    assert heads["name"].direction == "none"
    assert QueryDict(heads["name"].url[1:])["sort"] == "name"


def test_a_first_touch_gives_a_column_its_own_direction():
    heads = Sorting.of(COLUMNS, "name").headings(QueryDict())

    assert QueryDict(heads["moved"].url[1:])["sort"] == "-moved"
    assert heads["name"].direction == "ascending"
    assert QueryDict(heads["name"].url[1:])["sort"] == "-name"


def test_an_address_keeps_what_was_asked_and_starts_at_the_first_page():
    asked = QueryDict("stage=signed&page=4&group=unit")

    assert QueryDict(address(asked, group=None, unit=7)[1:]).dict() == {
        "stage": "signed",
        "unit": "7",
    }
    assert asked["page"] == "4"


def test_a_page_beyond_the_end_is_the_last_one():
    rows = list(range(60))

    page = page_of(rows, "9", length=60)  # type: ignore[arg-type, var-annotated]  # any sequence

    assert page.number == 2
    assert list(page) == rows[50:]
