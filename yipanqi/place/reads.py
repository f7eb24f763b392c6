"""Which definitions hold where and when, and which documents a text names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.ledger.rules import OPEN
from yipanqi.place.models import Document, SettingsVersion
from yipanqi.place.rules import Settings, parsed

PRESETS = Path(__file__).resolve().parents[2] / "places"


@dataclass(frozen=True)
class Preset:
    """A page of definitions to begin with (预设): what it is, and its text."""

    name: str
    title: str
    text: str
    settings: Settings

    def named(self, place: str) -> str:
        """Its text for another place."""
        return self.text.replace(self.settings.place, place)


def presets() -> Iterator[Preset]:
    """The pages that come with the program; their first line says what they are."""
    for path in sorted(PRESETS.glob("*.yaml")):
        if not path.stem.endswith("-org"):
            text = path.read_text(encoding="utf-8")
            title = text.splitlines()[0].lstrip("# ")
            yield Preset(path.stem, title, text, parsed(text))


def version_on(place_id: int, day: date, *, seq: int = OPEN) -> SettingsVersion:
    """The version of a place's definitions valid on a day; refuses where there is none."""
    try:
        return SettingsVersion.objects.valid(place_id, day, seq=seq)
    except SettingsVersion.DoesNotExist:
        raise refuse(
            _("%(day)s 还没有生效的口径，请先设置口径") % {"day": day}, where=_("口径")
        ) from None


def settings_on(place_id: int, day: date, *, seq: int = OPEN) -> Settings:
    """What a place's words mean on a day, as far as the ledger knew when it stood at `seq`."""
    return version_on(place_id, day, seq=seq).settings


def documents_named(place_id: int, titles: Iterable[str], *, on: date) -> dict[str, Document]:
    """The edition in force on a day of each of these titles, where the library has one; one query."""
    rows = Document.objects.filter(place_id=place_id, title__in=set(titles), valid_from__lte=on)
    return {row.title: row for row in rows.order_by("edition")}
