"""A2a, C4a: a place's own method, written as a file; every point is explained down to its records."""

import re
from fractions import Fraction
from html import unescape

from tests.stories.presets import chief, scored
from yipanqi.assessment.actions import adopt_method
from yipanqi.ledger.reads import now_seq
from yipanqi.org.factories import NOON


def test_a_total_is_the_sum_of_its_lines_and_each_figure_opens_to_what_it_counts(client, place):
    client.force_login(chief())
    found = scored(place)
    best = found.group_of("乡镇01").rows[0]
    holder = found.holders[best.holder]

    told = client.get(f"/scores/{holder.pk}/").content.decode()

    assert best.total == sum(line.points for line in best.lines)
    doors = {unescape(one) for one in re.findall(rf'href="(/scores/{holder.pk}/[^"]+)"', told)}
    doors.discard(f"/scores/{holder.pk}/trial/")
    assert len(doors) >= 8
    for door in doors:
        opened = client.get(door)
        records = opened.context["opened"].records
        if opened.context["opened"].value is not None and records:
            assert sum(one.amount for one in records) == opened.context["opened"].value


def test_a_new_version_scores_from_its_day_on_and_the_past_keeps_its_method(client, place):
    before = scored(place)
    seq = now_seq()
    text = before.version.text.replace("MIN(签约数/任务数, 1.2)", "MIN(签约数/任务数, 1)")

    adopt_method(place=place, text=text, by=chief(), at=NOON)

    after = scored(place)
    over = [
        name
        for name, values in before.sheet.values.items()
        if before.holders[name].group == "乡镇组" and values["签约数"] > values["任务数"]
    ]
    assert over
    for name in over:
        first, second = (one.row(name).line("签约项目").points for one in (before, after))
        assert (first, second) == (Fraction(36), Fraction(30))
    client.force_login(chief())
    past = client.get(f"/scores/?group=乡镇组&seq={seq}").content.decode()
    assert "36.00" in past
    assert "36.00" not in client.get("/scores/?group=乡镇组").content.decode()
