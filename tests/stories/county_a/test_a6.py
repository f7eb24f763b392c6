"""A6: the first three of a group are rewarded, the last three are talked to; the same for every group."""

from tests.stories.presets import chief, listed, scored

GROUPS = ("乡镇组", "责任部门组", "其他参考部门组", "县领导组")


def test_first_three_and_last_three_of_every_group_follow_from_their_totals(client, place):
    found = scored(place)

    for name in GROUPS:
        rows = found.group_of(next(h.name for h in found.holders.values() if h.group == name)).rows
        totals = sorted((row.total for row in rows), reverse=True)
        best = {row.holder for row in rows if row.total >= totals[2]}
        worst = {row.holder for row in rows if row.total <= totals[-3]}
        values = found.sheet.values
        met = {
            holder
            for holder in worst
            if (task := values[holder]["任务数"]) and values[holder]["签约数"] >= task
        }
        assert set(listed(found, "奖励", name)) == best
        assert set(listed(found, "约谈", name)) == worst - met


def test_the_page_of_a_group_names_them(client, place):
    client.force_login(chief())

    told = client.get("/scores/?group=乡镇组").content.decode()

    found = scored(place)
    for holder in (*listed(found, "奖励", "乡镇组"), *listed(found, "约谈", "乡镇组")):
        assert holder in told
    assert "约谈" in told
