"""`yipanqi demo` loads the invented county 青禾县, three years of it, into an empty ledger."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yipanqi.cli.demo import besides
from yipanqi.cli.demo.bulletins import ISSUED_ON, play_with_bulletin
from yipanqi.cli.demo.county import SEED, drawn_county
from yipanqi.cli.demo.playing import Player, Told
from yipanqi.cli.demo.samples import write_ledger
from yipanqi.cli.demo.whole import load_preset
from yipanqi.cli.founding import (
    PASSWORD,
    TODAY,
    YEARS,
    open_accounts,
    open_year,
    plan_of,
    refuse_unless_empty,
    set_up,
)
from yipanqi.course.actions import FIRST_LOOK, remember
from yipanqi.dashboards.reads.presets import preset_named
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.reads import checkpoint
from yipanqi.org.models import Person, Unit

__all__ = ["PASSWORD", "SHOWN", "accounts", "add_parser", "load", "run", "sample_path"]

SHOWN = (
    "lijing",
    "zhoumin",
    "shuji",
    "nongye",
    "qingshan",
    "ziran.rd",
    "caizheng.rd",
    "kaocha",
    "admin",
)
OF_A_PRESET = ("fuzeren", "jingban", "admin")
"""Who works in every place that is made from a preset."""


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `demo`."""
    parser = listed.add_parser("demo", help="装入演示县（虚构），只能装入空的演示账本")
    parser.add_argument("--seed", type=int, default=SEED, help="随机数种子；同一种子，同样的县")
    parser.add_argument("--preset", help="改为装入一个整套预设和它的虚构记录")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the county, or a preset with its records, and say who can sign in."""
    preset = preset_named(args.preset) if args.preset else None
    place = load_preset(preset) if preset else load(seed=args.seed)
    size = checkpoint().size
    print(f"{place}已装入：项目 {Project.objects.count()} 个，账本 {size} 条，今天是 {TODAY}")
    if not args.preset:
        print(f"待导入的台账：{sample_path()}")
    print(accounts())
    return 0


def sample_path() -> Path:
    """Where the ledger lies that the manual imports."""
    return Path(settings.VAR) / "samples"


@transaction.atomic
def load(*, seed: int = SEED) -> Unit:
    """Load the county, all or nothing. Refuses a real ledger, and one that has a place already."""
    refuse_unless_empty()
    plan = plan_of()
    stage = set_up(plan)
    county, player = drawn_county(plan, stage.settings, seed=seed), Player(stage)
    told: list[Told] = [(story, step) for story in county.stories for step in story.steps]
    told += [(None, step) for step in (*county.returns, *besides.told(plan))]
    for year in YEARS:
        open_year(stage, plan, year)
        steps = [one for one in told if one[1].on.year == year]
        if year == ISSUED_ON.year:
            play_with_bulletin(player, steps)
        else:
            player.play(steps)
    open_accounts()
    for day in kept_days(TODAY):
        remember(day)
    write_ledger(sample_path(), seed=seed)
    return stage.place


def kept_days(today: date) -> list[date]:
    """The ends of the months of a year and the last days: enough for a course to be seen."""
    ends = [date(today.year, month, 1) - timedelta(days=1) for month in range(2, today.month + 1)]
    return [*ends, *(today - timedelta(days=n) for n in range(FIRST_LOOK.days, 0, -1))]


def accounts() -> str:
    """Who can sign in, and with what."""
    people = Person.objects.filter(username__in={*SHOWN, *OF_A_PRESET}).order_by("pk")
    lines = [f"  {p.username:<12}{p.name}  {_post(p)}" for p in people]
    head = f"账号（口令都是 {PASSWORD}，全部账号见 docs/reference/demo.md）："
    return "\n".join([head, *lines])


def _post(person: Person) -> str:
    unit, title = str(person.acting_unit), person.held[0].title
    return unit if title == unit else f"{unit}{title}"
