"""D12: the year's statistics: counts, sums, year on year, completion, in yuan and in dollars."""

from fractions import Fraction

from django.db.models import Sum

from tests.stories.presets import board, chief, on, scored, shown
from yipanqi.facts.projects.models import Project
from yipanqi.standing.models import Recognised

COUNTY = "区县04"


def printed(found, name):
    """A board's value of the county, as it is printed."""
    scale = next(one for one in found.sheet.boards if one.board == name)
    return found.method.printed(board(found, name)[COUNTY].value * 100, scale.decimals)


def test_seventy_six_projects_plan_470_million(place):
    found = scored(place, code="statistics")

    assert shown(found, COUNTY, "县重点数") == "76"
    assert shown(found, COUNTY, "县重点投资") == "4.70"


def test_contracts_in_dollars_are_73_70_million_and_8_76_percent_more(place):
    found = scored(place, code="statistics")

    contracts = Project.objects.filter(
        currency="USD", parts__unit__name=COUNTY, parts__role="landing"
    )
    signed = contracts.filter(recognised__node="signed", recognised__counted_on__year=2026)
    cents = signed.aggregate(sum=Sum("total"))["sum"]
    assert found.sheet.values[COUNTY]["合同外资"] == Fraction(cents, 10**6) == 7370
    assert printed(found, "合同外资同比") == "8.76"


def test_dollars_in_place_are_43_82_million_100_5_percent_of_the_task_10_1_more(place):
    found = scored(place, code="statistics")

    money = Recognised.objects.filter(
        node="funds",
        counted_on__year=2026,
        claim__currency="USD",
        project__parts__unit__name=COUNTY,
        project__parts__role="landing",
    )
    cents = money.aggregate(sum=Sum("claim__amount"))["sum"]
    assert found.sheet.values[COUNTY]["实际外资"] == Fraction(cents, 10**6) == 4382
    assert printed(found, "实际外资完成率") == "100.5"
    assert printed(found, "实际外资同比") == "10.1"


def test_exports_are_39_05_million_100_3_percent_of_the_task_10_3_more(client, place):
    found = scored(place, code="statistics")

    assert shown(found, COUNTY, "出口") == "3905"
    assert printed(found, "出口完成率") == "100.3"
    assert printed(found, "出口同比") == "10.3"
    client.force_login(chief())
    page = client.get("/scores/?method=statistics").content.decode()
    for words in ("8.76%", "100.5%", "10.1%", "100.3%", "10.3%"):
        assert words in page


def test_investors_are_211_private_102_by_chambers_63_foreign(place):
    found = scored(place)

    def together(name, group):
        return sum(
            found.sheet.values[holder.name][name]
            for holder in found.holders.values()
            if holder.group == group
        )

    leads = together("线索数", "区县组")
    chambers, foreign = together("引荐线索", "商会组"), together("外企线索", "区县组")
    assert (leads - chambers - foreign, chambers, foreign) == (211, 102, 63)


def test_nine_months_brought_1_45_times_the_whole_year_before(place):
    found = scored(place, day=on("2026-09-30"))

    funds = Recognised.objects.filter(node="funds")
    nine = funds.filter(counted_on__range=("2026-01-01", "2026-09-30"))
    before = funds.filter(counted_on__year=2025)
    by_hand = Fraction(*(each.aggregate(sum=Sum("amount_fen"))["sum"] for each in (nine, before)))
    assert found.sheet.values[COUNTY]["全市资金倍数"] == by_hand
    assert shown(found, COUNTY, "全市资金倍数") == "1.45"
