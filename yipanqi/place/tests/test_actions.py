"""New definitions come into force, each version a fact."""

from datetime import date

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON, make_org
from yipanqi.place.actions import adopt_settings
from yipanqi.place.factories import make_county, make_settings, settings_text
from yipanqi.place.models import SettingsVersion
from yipanqi.place.reads import settings_on, version_on

pytestmark = pytest.mark.django_db


def test_definitions_are_adopted_and_leave_their_line_in_the_ledger():
    county = make_org()

    version = make_settings(county)

    assert (version.number, version.happened_on) == (1, date(2024, 1, 1))
    assert str(version) == "青禾县 口径第 1 版"
    assert version.settings.place == "青禾县"
    assert Entry.objects.get(seq=version.seq).kind == "fact:place.settingsversion"
    assert list(reads.findings()) == []


def test_another_places_definitions_are_refused_and_leave_no_line():
    county = make_org()
    before = reads.now_seq()

    with pytest.raises(Refused, match="这是白水县的口径，不是青禾县的"):
        adopt_settings(
            place=county.place, text=settings_text(place="白水县"), by=county.clerk, at=NOON
        )

    assert reads.now_seq() == before


def test_the_version_of_a_day_is_the_newest_written_among_those_begun_by_then():
    county = make_county()
    make_settings(county, valid_from="2026-01-01", basis="新规程")
    corrected = make_settings(county, valid_from="2026-01-01", basis="新规程（更正）")
    make_settings(county, valid_from="2027-01-01", basis="明年的")

    assert settings_on(county.place.pk, date(2025, 12, 31)).basis.startswith("《青禾县")
    assert settings_on(county.place.pk, date(2026, 5, 9)).basis == "新规程（更正）"
    assert version_on(county.place.pk, date(2026, 1, 1)) == corrected
    assert corrected.number == 3


def test_a_day_before_all_definitions_is_refused():
    county = make_county()

    with pytest.raises(Refused, match="2023-12-31 还没有生效的口径"):
        settings_on(county.place.pk, date(2023, 12, 31))


def test_definitions_are_open_to_the_people_of_the_place():
    county, other = make_county(), make_county("白水县", prefix="bs-")

    seen = SettingsVersion.objects.visible_to(county.administrator)

    assert [version.place for version in seen] == [county.place]
    assert not seen.filter(place=other.place).exists()
