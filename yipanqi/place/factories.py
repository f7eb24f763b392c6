"""One small county with its definitions, valid with no arguments."""

from datetime import datetime
from pathlib import Path

from yipanqi.org.factories import NOON, County, make_org
from yipanqi.place.actions import adopt_settings
from yipanqi.place.models import SettingsVersion

PRESET = Path(__file__).resolve().parents[2] / "places" / "qinghe.yaml"


def make_settings(county: County, *, at: datetime = NOON, **changes: str) -> SettingsVersion:
    """The county's definitions adopted; `changes` replaces the lines that begin with these words."""
    text = settings_text(place=county.place.name, **changes)
    return adopt_settings(place=county.place, text=text, by=county.people["clerk"], at=at)


def settings_text(**changes: str) -> str:
    """The preset page of definitions with other values on lines of their own."""
    lines = PRESET.read_text(encoding="utf-8").splitlines()
    return "\n".join(_changed(line, changes) for line in lines)


def _changed(line: str, changes: dict[str, str]) -> str:
    key, colon, _ = line.partition(":")
    return f"{key}: {changes[key]}" if colon and key in changes else line


def make_county(
    name: str = "青禾县", *, prefix: str = "", password: str = "", at: datetime = NOON
) -> County:
    """A county in which projects can be registered, reported on and verified."""
    county = make_org(name, prefix=prefix, password=password, at=at)
    make_settings(county, at=at)
    return county
