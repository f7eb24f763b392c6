"""One small county with its definitions, valid with no arguments."""

from datetime import datetime
from pathlib import Path

from yipanqi.org.factories import NOON, County, make_org
from yipanqi.place.actions import adopt_settings
from yipanqi.place.models import SettingsVersion

PRESET = Path(__file__).resolve().parents[2] / "places" / "qinghe.yaml"


def make_settings(county: County, *, at: datetime = NOON, **changes: str) -> SettingsVersion:
    """The county's definitions adopted; `changes` replaces what stands under these headings."""
    text = settings_text(place=county.place.name, **changes)
    return adopt_settings(place=county.place, text=text, by=county.people["clerk"], at=at)


def settings_text(**changes: str) -> str:
    """The preset page of definitions with other values under these headings."""
    lines, kept = [], True
    for line in PRESET.read_text(encoding="utf-8").splitlines():
        key = line.partition(":")[0]
        if line and not line[0].isspace():
            kept = key not in changes
            lines += [] if kept else [f"{key}: {changes[key]}"]
        lines += [line] if kept else []
    return "\n".join(lines)


def make_county(
    name: str = "青禾县", *, prefix: str = "", password: str = "", at: datetime = NOON
) -> County:
    """A county in which projects can be registered, reported on and verified."""
    county = make_org(name, prefix=prefix, password=password, at=at)
    make_settings(county, at=at)
    return county
