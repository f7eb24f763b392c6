"""Methods that come with the program, to begin with."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from yipanqi.assessment.rules.reading import read_method

METHODS = Path(__file__).resolve().parents[3] / "methods"
INVENTED = "青禾县"


class Preset(NamedTuple):
    """A method that comes with the program: its folder, and what it calls itself."""

    name: str
    title: str


@cache
def presets() -> tuple[Preset, ...]:
    """All of them, by their names."""
    pages = sorted(METHODS.glob("*/method.yaml"))
    texts = {page.parent.name: page.read_text(encoding="utf-8") for page in pages}
    return tuple(Preset(name, read_method(text).title) for name, text in texts.items())


def preset_text(name: str, place: str) -> str:
    """The page of a method that comes with the program, for another place; nothing where there is none."""
    page = next((p for p in METHODS.glob("*/method.yaml") if p.parent.name == name), None)
    return page.read_text(encoding="utf-8").replace(INVENTED, place) if page else ""
