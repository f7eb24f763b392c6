"""What a column of a project ledger can mean."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are read."""

    NAME = "name"
    TEXT = "text"
    LABEL = "label"
    CODE = "code"
    CREDIT = "credit"
    PHONE = "phone"
    FLAG = "flag"
    MONEY = "money"
    AREA = "area"
    COUNT = "count"
    DATE = "date"
    SERIAL = "serial"


@dataclass(frozen=True)
class Field:
    """A thing that ledgers say of a project, whether it is kept, and its names in headings."""

    code: str
    label: str
    kind: Kind
    kept: bool
    names: tuple[str, ...]


def kept(code: str, label: str, kind: Kind, names: str) -> Field:
    """A field that projects take over."""
    return Field(code, label, kind, True, tuple(names.split()))


def known(code: str, label: str, names: str = "") -> Field:
    """A field that is understood and left in the file."""
    return Field(code, label, Kind.TEXT, False, (label, *names.split()))
