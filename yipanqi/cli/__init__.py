"""The one command, `yipanqi`, and its few verbs."""

import argparse
import os
import sys

import django

from yipanqi.core.problems import Refused


def main(argv: list[str] | None = None) -> int:
    """Run one verb; a refusal is told sentence by sentence and ends with 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.settings")
    django.setup()
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """What can be typed after `yipanqi`."""
    # Verbs reach for models, which exist only once Django is set up.
    from yipanqi.cli import verbs  # noqa: PLC0415

    whole = argparse.ArgumentParser(prog="yipanqi", description="一盘棋：招商引资全过程")
    listed = whole.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb in verbs.ALL:
        verb.add_parser(listed)
    return whole
