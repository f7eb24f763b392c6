"""C2: a quarterly horse race by physical work done and funds in place, with the place in the province."""

from datetime import date
from fractions import Fraction

from tests.stories.presets import board, chief, on, scored
from yipanqi.standing.models import Recognised

COUNTIES = [f"区县{number:02}" for number in range(1, 9)]


def test_counties_are_ranked_by_what_is_done_and_what_is_in_place_this_quarter(place):
    found = scored(place, code="quarterly")
    told = found.sheet.values

    assert found.period.label == "2026Q4"
    work, money = board(found, "实物工作量"), board(found, "到位资金")
    done = {name: told[name]["实物工作量"] / told[name]["实物计划"] for name in COUNTIES}
    assert list(work) == sorted(COUNTIES, key=lambda name: -done[name])
    here = Recognised.objects.filter(
        node="funds", counted_on__range=(date(2026, 10, 1), date(2026, 11, 20))
    )
    for name in COUNTIES:
        mine = here.filter(project__parts__unit__name=name, project__parts__role="introducer")
        fen = sum(row.amount_fen or 0 for row in mine)
        assert money[name].value == Fraction(fen, 10**10)


def test_the_place_in_the_province_stands_beside_it_the_low_number_first(place):
    found = scored(place, code="quarterly")

    race = board(found, "全省位次")

    values = [row.value for row in race.values()]
    assert values == sorted(values)
    assert [row.place for row in race.values()] == list(range(1, len(COUNTIES) + 1))


def test_a_quarter_that_is_over_is_looked_at_on_its_last_day(client, place):
    found = scored(place, code="quarterly", day=on("2026-09-30"))

    assert found.period.label == "2026Q3"
    client.force_login(chief())
    page = client.get("/scores/?method=quarterly&day=2026-09-30")
    assert page.status_code == 200
    assert "2026Q3" in page.content.decode() or "三季度" in page.content.decode()
