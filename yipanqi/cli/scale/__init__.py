"""`yipanqi scale` fills an empty, simulated ledger with a county of a hundred thousand projects."""

import argparse
from time import monotonic

from yipanqi.cli.founding import open_year, plan_of, refuse_unless_empty, set_up
from yipanqi.cli.scale.drawing import drawn
from yipanqi.cli.scale.writing import Writer
from yipanqi.core.problems import refuse
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import checkpoint

SEED = 100_000


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `scale`."""
    parser = listed.add_parser("scale", help="装入大规模的虚构县，用来量速度；只能装入空的演示账本")
    parser.add_argument("--projects", type=int, default=100_000, help="项目数")
    parser.add_argument("--facts", type=int, default=None, help="事实数，默认为项目数的十倍")
    parser.add_argument("--seed", type=int, default=SEED, help="随机数种子")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fill the ledger month by month and say how long it took."""
    began = monotonic()
    load(projects=args.projects, facts=args.facts or args.projects * 10, seed=args.seed, told=True)
    facts = Entry.objects.filter(kind__startswith="fact:").count()
    size = checkpoint().size
    print(f"项目 {Project.objects.count()} 个，事实 {facts} 条，账本 {size} 条", end="，")
    print(f"用时 {monotonic() - began:.0f} 秒")
    return 0


def load(*, projects: int, facts: int, seed: int = SEED, told: bool = False) -> None:
    """Fill the ledger. Refuses a real ledger, and one that has a place already."""
    if projects < 1 or facts < projects:
        raise refuse("项目数至少为 1，事实数不能少于项目数", where="scale")
    refuse_unless_empty()
    plan = plan_of()
    stage = set_up(plan)
    calendar = drawn(plan, stage, projects=projects, facts=facts, seed=seed)
    writer = Writer(stage)
    for month in calendar:
        if month.first.month == 1:
            open_year(stage, plan, month.first.year)
        writer.write(month)
        if told:
            print(f"{month.first:%Y-%m} 账本 {checkpoint().size} 条", flush=True)
    writer.finish()
