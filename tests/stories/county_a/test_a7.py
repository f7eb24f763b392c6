"""A7: who has no lead is named: 24 leads in all, seven townships and six departments without one."""

from tests.stories.presets import on, scored

MEETING = on("2026-03-31")


def test_seven_townships_and_six_departments_had_no_lead_on_the_day_of_the_meeting(place):
    found = scored(place, day=MEETING)
    leads = {
        group: {
            holder.name: found.sheet.values[holder.name]["有效线索"]
            for holder in found.holders.values()
            if holder.group == group
        }
        for group in ("乡镇组", "责任部门组")
    }

    assert sum(sum(of.values()) for of in leads.values()) == 24
    assert sum(number == 0 for number in leads["乡镇组"].values()) == 7
    assert sum(number == 0 for number in leads["责任部门组"].values()) == 6
    assert len(leads["乡镇组"]) == len(leads["责任部门组"]) == 15
