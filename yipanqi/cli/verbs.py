"""Every verb of the one command."""

from yipanqi.cli import assets, demo, imports, opening, scale, score, serving, verifying

ALL = (serving, demo, opening, imports, score, verifying, scale, assets)
