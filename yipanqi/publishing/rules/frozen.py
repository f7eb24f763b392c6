"""A result frozen: the figures that went in, the sheet that came out, and digests over both."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import Sheet
from yipanqi.ledger.rules import canonical
from yipanqi.publishing.rules.digests import Step, digest_of, leaf_of, path_to, root_of
from yipanqi.publishing.rules.output import Told, exact, of_holder, written

FORMAT = "yipanqi-result/1"


@dataclass(frozen=True)
class Stood:
    """A unit as the tree stood at the cutoff."""

    id: int
    parent: int | None
    kind: str
    name: str


@dataclass(frozen=True)
class Frozen:
    """A result as it is kept: all texts, and a manifest with their digests, whose digest is the seal."""

    inputs: str
    output: str
    manifest: str

    @cached_property
    def digest(self) -> str:
        """What vouches for all of it."""
        return digest_of(self.manifest)

    @cached_property
    def said(self) -> Told:
        """The sheet that came out."""
        return _read(self.output)

    @cached_property
    def went_in(self) -> Told:
        """The method, the units and the figures that went in."""
        return _read(self.inputs)

    @cached_property
    def method(self) -> Method:
        """The method as it was frozen."""
        return read_method(self.went_in["method"])

    @cached_property
    def head(self) -> Told:
        """What the manifest says."""
        return _read(self.manifest)

    @cached_property
    def holders(self) -> dict[int, str]:
        """Everybody who is assessed, by key."""
        return holders_in(self.went_in)

    def headed(self, **more: str | int | None) -> "Frozen":
        """The same result under a head that says more."""
        return Frozen(self.inputs, self.output, canonical({**self.head, **more}))

    def block(self, unit: int) -> str:
        """All that the result says of one holder, and its figures: what that holder signs for."""
        return block_of(self.went_in, self.said, unit)

    def path(self, unit: int) -> tuple[Step, ...]:
        """The way from a holder's block to the root that the manifest names."""
        leaves = leaves_of(self.went_in, self.said)
        return path_to(leaves, list(self.holders).index(unit))


def _read(text: str) -> Told:
    found: Told = json.loads(text)
    return found


def freeze(
    sheet: Sheet,
    *,
    text: str,
    units: Mapping[str, int],
    tree: Sequence[Stood],
    head: Mapping[str, str | int | None],
) -> Frozen:
    """Freeze a sheet with everything that it was scored from."""
    into = {name: units[into] for into, names in sheet.method.merge.items() for name in names}
    went_in: Told = {
        "method": text,
        "units": [vars(unit) for unit in tree],
        "figures": [
            _figures(row, units.get(row.holder), into.get(row.holder)) for row in sheet.given
        ],
    }
    inputs, output = canonical(went_in), written(sheet, units)
    leaves = leaves_of(went_in, _read(output))
    manifest = {
        **head,
        "format": FORMAT,
        "method_digest": digest_of(text),
        "inputs_digest": digest_of(inputs),
        "output_digest": digest_of(output),
        "holders": len(leaves),
        "root": root_of(leaves),
    }
    return Frozen(inputs, output, canonical(manifest))


def _figures(row: Row, unit: int | None, into: int | None) -> Told:
    """A row as it is kept; one that is only compared, the whole place's, is no unit's."""
    return {
        "unit": unit,
        "into": into,
        "holder": row.holder,
        "group": row.group,
        "values": {name: exact(value) for name, value in row.values.items()},
        "texts": dict(row.texts),
    }


def sheet_of(went_in: Told) -> Sheet:
    """The sheet that frozen figures give now."""
    rows = tuple(_thawed(one) for one in went_in["figures"])
    return score(read_method(went_in["method"]), rows)


def rescored(went_in: Told) -> str:
    """The same, as it is written down."""
    units = {one["holder"]: one["unit"] for one in went_in["figures"]}
    return written(sheet_of(went_in), units)


def _thawed(said: Told) -> Row:
    values: dict[str, Fraction | None] = {
        name: None if value is None else Fraction(value) for name, value in said["values"].items()
    }
    return Row(holder=said["holder"], group=said["group"], values=values, texts=said["texts"])


def holders_in(went_in: Told) -> dict[int, str]:
    """Everybody who is assessed, by key; who is merged into another is not, nor is the whole place."""
    return {
        one["unit"]: one["holder"]
        for one in went_in["figures"]
        if one["into"] is None and one["unit"] is not None
    }


def figures_of(went_in: Told, unit: int) -> list[Told]:
    """The frozen figures of a holder, and of those that are merged into it."""
    return [one for one in went_in["figures"] if unit in (one["unit"], one["into"])]


def block_of(went_in: Told, said: Told, unit: int) -> str:
    """All that frozen texts say of one holder."""
    content: dict[str, Any] = {"figures": figures_of(went_in, unit), **of_holder(said, unit)}
    return canonical(content)


def leaves_of(went_in: Told, said: Told) -> list[str]:
    """The digests of all holders' blocks, in the order of the figures."""
    return [leaf_of(block_of(went_in, said, unit)) for unit in holders_in(went_in)]
