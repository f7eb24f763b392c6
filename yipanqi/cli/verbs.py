"""Every verb of the one command."""

from yipanqi.cli import (
    assets,
    backing,
    demo,
    imports,
    opening,
    scale,
    score,
    serving,
    ticking,
    verifying,
)

ALL = (serving, demo, opening, imports, score, ticking, verifying, backing, scale, assets)
