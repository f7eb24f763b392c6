"""Every verb of the one command."""

from yipanqi.cli import assets, demo, imports, scale, score, serving, verifying

ALL = (serving, demo, imports, score, verifying, scale, assets)
