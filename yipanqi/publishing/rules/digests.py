"""Digests over what is frozen: of a text, and of a tree of blocks that proves each block alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

LEAF, NODE = b"\x00", b"\x01"
"""What stands before a block and before two digests, as in RFC 6962, so that neither passes for the other."""


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def leaf_of(block: str) -> str:
    """The digest of a block as a leaf of the tree."""
    return hashlib.sha256(LEAF + block.encode()).hexdigest()


@dataclass(frozen=True)
class Step:
    """A neighbour on the way from a leaf to the root, and on which side it stands."""

    side: str
    digest: str


def root_of(leaves: Sequence[str]) -> str:
    """The root of the tree over these leaves."""
    if len(leaves) == 1:
        return leaves[0]
    middle = _middle(len(leaves))
    return _joined(root_of(leaves[:middle]), root_of(leaves[middle:]))


def path_to(leaves: Sequence[str], place: int) -> tuple[Step, ...]:
    """The neighbours with which the leaf at this place leads to the root, the nearest first."""
    if len(leaves) == 1:
        return ()
    middle = _middle(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if place < middle:
        return (*path_to(left, place), Step("right", root_of(right)))
    return (*path_to(right, place - middle), Step("left", root_of(left)))


def root_from(leaf: str, path: Sequence[Step]) -> str:
    """The root to which a leaf leads by this path."""
    for step in path:
        leaf = _joined(step.digest, leaf) if step.side == "left" else _joined(leaf, step.digest)
    return leaf


def _middle(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1


def _joined(left: str, right: str) -> str:
    return hashlib.sha256(NODE + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()
