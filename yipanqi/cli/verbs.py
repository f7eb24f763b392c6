"""Every verb of the one command."""

from yipanqi.cli import assets, demo, imports, opening, scale, score, serving, ticking, verifying

ALL = (serving, demo, opening, imports, score, ticking, verifying, scale, assets)
