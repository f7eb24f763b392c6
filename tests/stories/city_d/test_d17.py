"""D17: looking back on all that was signed: 224 projects, a quarter of the money in place."""

from fractions import Fraction

from django.db.models import Sum

from tests.stories.presets import chief, listed, scored, shown
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Unit
from yipanqi.standing.models import Recognised


def signed_this_year():
    signed = Recognised.objects.filter(node="signed", counted_on__year=2026)
    return Project.objects.filter(pk__in=signed.values("project"))


def test_of_224_signed_projects_a_quarter_of_the_money_is_in_place(place):
    found = scored(place)

    projects = signed_this_year()
    money = Recognised.objects.filter(node="funds", project__in=projects)
    by_hand = Fraction(
        money.aggregate(sum=Sum("amount_fen"))["sum"],
        projects.aggregate(sum=Sum("total_fen"))["sum"],
    )
    assert projects.count() == 224
    assert shown(found, "区县01", "全市签约数") == "224"
    assert found.sheet.values["区县01"]["全市到位率"] == by_hand
    assert shown(found, "区县01", "全市到位率") == "25.0%"


def test_who_is_below_the_city_is_looked_back_on_project_by_project(client, place):
    found = scored(place)
    below = listed(found, "回头看")
    rates = {name: found.sheet.values[name]["资金到位率"] for name in below}

    assert below
    assert all(rate < Fraction(1, 4) for rate in rates.values())
    client.force_login(chief())
    unit = Unit.objects.get(name=below[0])
    door = client.get(f"/scores/{unit.pk}/签约资金/")
    records = door.context["opened"].records
    assert sum(one.amount for one in records) == found.sheet.values[below[0]]["签约资金"]
