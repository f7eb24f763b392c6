"""D15a: work funds for who met the target; awards paid by the place where the project landed."""

from fractions import Fraction

from tests.stories.presets import board, chief, scored
from yipanqi.standing.models import Recognised


def rewards(found, listing):
    """What each holder gets by a list, in 万元."""
    lists = [one for one in found.sheet.lists if one.name == listing]
    return {each.holder: each.amount for one in lists for each in one.rewards}


def test_whoever_met_the_target_gets_work_funds(place):
    found = scored(place)

    given = rewards(found, "工作经费")

    values = found.sheet.values
    met = {
        holder.name
        for holder in found.holders.values()
        if holder.group != "园区组"
        and values[holder.name]["签约数"] >= values[holder.name]["任务数"]
    }
    assert given == dict.fromkeys(met, Fraction(5))


def test_what_introducers_get_is_what_the_places_pay_where_the_projects_landed(place):
    found = scored(place)

    got = rewards(found, "引进奖")
    paid = {name: row.value for name, row in board(found, "应付引进奖").items()}

    money = Recognised.objects.filter(
        node="funds",
        counted_on__year=2026,
        project__parts__role="introducer",
        project__parts__unit__kind="other_department",
    )
    fen = sum(row.amount_fen or 0 for row in money)
    assert sum(got.values()) == sum(paid.values()) == Fraction(fen, 10**6) / 500
    assert all(name.startswith("市直单位") for name in got)
    assert not any(name.startswith("市直单位") for name in paid)


def test_a_share_of_new_local_tax_returns_to_the_introducer(client, place):
    found = scored(place)

    returned = rewards(found, "税收返还")

    assert returned == {name: found.sheet.values[name]["新增税收"] / 5 for name in returned}
    assert sum(returned.values()) == Fraction("513.65") / 5
    client.force_login(chief())
    told = client.get("/scores/?group=市直单位组").content.decode()
    assert "税收返还" in told
    assert "工作经费" in told
