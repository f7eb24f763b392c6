"""One small county with its definitions, valid with no arguments."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from yipanqi.core.files import Evidence
from yipanqi.org.factories import NOON, County, make_org
from yipanqi.org.models import Person
from yipanqi.place.actions import DocumentSaid, adopt_settings, file_document
from yipanqi.place.models import Document, SettingsVersion

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


def make_document(
    county: County,
    *,
    title: str = "青禾县招商引资项目管理规程",
    supersedes: Document | None = None,
    files: tuple[Evidence, ...] = (),
    by: Person | None = None,
    at: datetime = NOON,
    **changes: Any,  # columns of a document
) -> Document:
    """A base document in the library, valid from the first day of 2026."""
    said = {
        "title": title,
        "number": "青政办发〔2026〕1号",
        "organ": "青禾县人民政府办公室",
        "issued_on": date(2025, 12, 20),
        "valid_from": date(2026, 1, 1),
        "files": files,
    }
    return file_document(
        place=county.place,
        said=DocumentSaid(**{**said, **changes}),
        supersedes=supersedes,
        by=by or county.people["clerk"],
        at=at,
    )
