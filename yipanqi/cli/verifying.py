"""`verify` proves the ledger and everything derived from it; `checkpoint` prints what to keep outside."""

import argparse
from datetime import date
from itertools import chain
from pathlib import Path

from django.conf import settings

from yipanqi.core.clock import today
from yipanqi.core.problems import refuse
from yipanqi.course import reads as course
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.rules import Checkpoint
from yipanqi.publishing.reads import proof as sealed
from yipanqi.standing.reads import proof


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs `verify` and `checkpoint`."""
    verify = listed.add_parser("verify", help="核验账本、事实、档案、佐证和投影")
    verify.add_argument("--against", help="外部保存的存证，或存证文件")
    verify.set_defaults(run=run)
    keep = listed.add_parser("checkpoint", help="输出存证；设有 YIPANQI_WITNESS_DIR 时写入其中")
    keep.set_defaults(run=lambda _: write_checkpoint(on=today()))


def run(args: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none."""
    kept = _checkpoint(args.against) if args.against else None
    found = 0
    derived = (proof.findings(), sealed.findings(), course.findings())
    for finding in chain(ledger.findings(kept), *derived):
        found += 1
        print(finding)
    here = ledger.checkpoint()
    print(f"账本 {here.size} 条，存证 {here}")
    if ledger.is_simulated():
        print("这是演示账本：时钟可调，数据均为虚构")
    if kept is None:
        print("没有外部存证：整体改写或截去尾部的账本看不出来，请用 --against 核对")
    print("核验无误" if not found else f"发现 {found} 处不符")
    return 1 if found else 0


def _checkpoint(given: str) -> Checkpoint:
    text = Path(given).read_text(encoding="ascii") if Path(given).is_file() else given
    try:
        return Checkpoint.read(text)
    except ValueError as error:
        raise refuse(str(error), where="--against") from error


def write_checkpoint(*, on: date) -> int:
    """Print the checkpoint and, where a witness directory is set, write it there under its day."""
    text = str(ledger.checkpoint())
    print(text)
    if settings.WITNESS_DIR:
        kept = Path(settings.WITNESS_DIR) / f"yipanqi-{on.isoformat()}.txt"
        kept.write_text(f"{text}\n", encoding="ascii")
    return 0
