"""The English catalogue kept level with the sources: `python -m tests.messages` writes what is new into it.

Python is read by Babel; templates are first turned into calls by Django itself. GNU gettext is not needed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "yipanqi"
PO = SOURCE / "core" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = r"""# What a person reads in English, by what it says in Chinese.
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
WORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
"""Which calls name a message; `pgettext` gives its context first."""

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}")


def template_source(path: Path) -> bytes:
    """A template as calls of gettext, a line for a line; indents would look like blocks."""
    calls = templatize(path.read_text(encoding="utf-8"))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def sources() -> Iterator[tuple[str, bytes]]:
    """Every Python file and template of ours that people may read, by its path."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]):
        if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts):
            text = path.read_bytes() if path.suffix == ".py" else template_source(path)
            yield path.relative_to(ROOT).as_posix(), text


def extracted() -> Catalog:
    """Every message that the sources name now, without translations."""
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for path, text in sources():
        found = extract("python", BytesIO(text), keywords=WORDS, options={"encoding": "utf-8"})
        for line, message, _comments, context in found:
            catalog.add(message, locations=[(path, line)], context=context)
    return catalog


def kept() -> Catalog:
    """The catalogue as it lies there."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def identity(message: Message) -> tuple[str, str]:
    """What makes a message one: its context and its first form."""
    first = message.id if isinstance(message.id, str) else message.id[0]
    return str(message.context or ""), str(first)


def messages(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """The catalogue's messages without its header."""
    return {identity(message): message for message in catalog if message.id}


def placeholders(text: str) -> set[str]:
    """What is put into a message when it is shown."""
    return {found[0] for found in PLACEHOLDER.finditer(text)}


def renewed(old: Catalog) -> Catalog:
    """The messages of the sources with what has been translated; what is gone is gone."""
    catalog, known = extracted(), messages(old)
    for key, message in messages(catalog).items():
        if key in known and isinstance(message.id, str) == isinstance(known[key].id, str):
            message.string = known[key].string
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file that changes only where messages do: no dates, no line numbers."""
    file = BytesIO()
    write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False, omit_header=True)
    return HEADER.encode() + file.getvalue()


def forms(message: Message) -> tuple[str, ...]:
    """What a message says in English: once, or for one and for many."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def main() -> None:
    """Write the catalogue anew, keeping every translation that is still asked for."""
    django.setup()
    catalog = renewed(kept() if PO.exists() else Catalog(locale="en"))
    PO.write_bytes(written(catalog))
    untold = [key for key, message in messages(catalog).items() if not all(forms(message))]
    print(f"{len(catalog)} messages, {len(untold)} without English")  # noqa: T201


if __name__ == "__main__":
    main()
