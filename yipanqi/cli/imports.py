"""`import` reads a project ledger: a trial run for anybody, the real thing in somebody's name."""

import argparse
import json
from pathlib import Path

from yipanqi.core.clock import now, today
from yipanqi.core.problems import refuse
from yipanqi.documents.imports import actions
from yipanqi.documents.imports.models import Decision
from yipanqi.documents.imports.rules.reading import Reading, read_ledger
from yipanqi.org.models import Person
from yipanqi.org.rules import Can


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `import`."""
    parser = listed.add_parser("import", help="导入项目台账")
    parser.add_argument("file", type=Path, help="台账文件")
    parser.add_argument("--as", dest="kind", help="哪一种台账：在谈、签约……")
    parser.add_argument("--dry-run", action="store_true", help="只读不导入")
    parser.add_argument("--json", action="store_true", help="输出每列每行怎么读")
    parser.add_argument("--by", help="以谁的账号导入")
    parser.add_argument(
        "--doubles", choices=["new", "same"], help="疑似重复的行：作为新项目，或视为同一项目不导入"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read the ledger; unless it is a trial run, register what was not refused."""
    if not args.file.is_file():
        raise refuse("没有这个文件，请核对路径", where=str(args.file))
    content = args.file.read_bytes()
    reading = read_ledger(content, kind=args.kind, as_of=today())
    if args.json:
        print(json.dumps(reading.json(), ensure_ascii=False, indent=1))
    else:
        print(told(reading))
    return 0 if args.dry_run else _import(args, content)


def told(reading: Reading) -> str:
    """The reading in a few lines: counts, every doubt with its cell."""
    counts = dict.fromkeys(("accepted", "warned", "refused"), 0)
    for row in reading.rows:
        counts[row.outcome.value] += 1
    lines = [
        f"工作表“{reading.sheet}”，表头第 {'、'.join(map(str, reading.header_rows))} 行",
        f"可导入 {counts['accepted']} 行，有疑问 {counts['warned']} 行，不导入 {counts['refused']} 行",
    ]
    lines += [str(problem) for problem in reading.problems]
    lines += [str(problem) for row in reading.rows for problem in row.problems]
    lines += [
        f"{total.cell}：合计写的是 {total.printed}，逐行相加是 {total.computed}"
        for total in reading.totals
        if total.printed != total.computed
    ]
    return "\n".join(lines)


def _import(args: argparse.Namespace, content: bytes) -> int:
    person = Person.objects.filter(username=args.by or "", is_active=True).first()
    if person is None or not person.may(Can.IMPORT):
        raise refuse("请用 --by 写明以谁的账号导入，这个人要有导入权限", where="--by")
    batch = actions.preview(
        content=content, name=args.file.name, kind=args.kind, by=person, at=now()
    )
    if args.doubles:
        rows = batch.lines.exclude(doubles=[]).values_list("row", flat=True)
        decision = Decision(args.doubles)
        actions.decide_doubles(batch=batch, decisions=dict.fromkeys(rows, decision))
    fact = actions.confirm(batch=batch, by=person, at=now())
    print(f"已导入 {fact.taken} 个项目，{fact.left} 行没有导入，账本第 {fact.seq} 条")
    return 0
