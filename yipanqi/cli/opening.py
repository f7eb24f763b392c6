"""`open` opens the books of a real place: its units and people, its definitions, its targets."""

import argparse
import csv
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from yipanqi.core.clock import now
from yipanqi.core.problems import Problem, Refused, refuse
from yipanqi.dashboards.actions import found_from
from yipanqi.dashboards.reads.presets import preset_named
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.actions import found
from yipanqi.org.actions import load_org
from yipanqi.org.actions.founding import First
from yipanqi.org.models import Person, Unit
from yipanqi.place.rules import Settings
from yipanqi.standing.actions import adopt_definitions

COLUMNS = ("单位", "指标", "任务数")


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `open`."""
    parser = listed.add_parser("open", help="为真实的地方开账，只能在空数据库里做一次")
    parser.add_argument("org", type=Path, nargs="?", help="单位与人员名录（YAML）；用预设的不写")
    parser.add_argument("settings", type=Path, nargs="?", help="口径（YAML）；用预设的不写")
    parser.add_argument("--targets", type=Path, help="任务（CSV：单位、指标、任务数）")
    parser.add_argument("--basis", default="", help="任务依据的文件")
    parser.add_argument("--preset", help="整套预设的名称，或自己改过的预设文件夹")
    parser.add_argument("--place", default="", help="地方名称，配合 --preset")
    parser.add_argument("--bureau", default="", help="招商部门，配合 --preset")
    parser.add_argument("--units", type=Path, help="乡镇（区县）名称，一行一个，配合 --preset")
    parser.add_argument("--administrator", default="", help="系统管理员，写作 账号:姓名")
    parser.add_argument("--chief", default="", help="招商部门负责人，写作 账号:姓名")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the books, all or nothing; then print each account's first password, once."""
    with transaction.atomic():
        accounts = _from_preset(args) if args.preset else _from_files(args)
    print("\n".join(accounts))
    print("以上口令只显示这一次，请逐一交给本人")
    return 0


def _from_preset(args: argparse.Namespace) -> list[str]:
    """A place with all that a preset holds; people come later, from a staff table."""
    missing = [name for name in ("place", "bureau") if not getattr(args, name).strip()]
    if missing or args.org:
        raise refuse("用预设开账要写 --place 和 --bureau，不写名录和口径", where="open")
    taken = found_from(
        preset_named(args.preset),
        place=args.place.strip(),
        bureau=args.bureau.strip(),
        administrator=_first(args.administrator, "系统管理员"),
        chief=_first(args.chief, "招商部门负责人"),
        units=_text(args.units).splitlines() if args.units else (),
        at=now(),
    )
    if taken.waiting:
        print(f"有 {len(taken.waiting)} 行任务是给个人的，人员导入后在“下达年度计划”里下达")
    return list(_give_passwords(taken.place))


def _first(said: str, title: str) -> First:
    """Somebody as written on the command line: the account, a colon, the name."""
    account, _colon, name = said.replace("：", ":").partition(":")
    if not account.strip() or not name.strip():
        raise refuse(f"{title}要写成 账号:姓名", where="open")
    return First(account.strip(), name.strip(), title, secrets.token_urlsafe(9))


def _from_files(args: argparse.Namespace) -> list[str]:
    """A place from its own staff list and definitions."""
    if not args.org or not args.settings:
        raise refuse("请写名录和口径两个文件，或用 --preset", where="open")
    at, plan = now(), yaml.safe_load(_text(args.org))
    if not isinstance(plan, dict) or not {"place", "units"} <= plan.keys():
        raise refuse("名录要写明 place 和 units", where=str(args.org))
    found(simulated=False, place=plan["place"])
    place = load_org(plan, by=None, at=at)
    text = _text(args.settings)
    settings = adopt_definitions(place=place, text=text, by=None, at=at).settings
    if args.targets:
        rows = list(csv.DictReader(_text(args.targets).splitlines()))
        targets = _targets(place, rows, settings)
        basis = args.basis or args.targets.name
        set_targets(targets=targets, year=at.year, basis=basis, by=None, at=at)
    return list(_give_passwords(place))


def _text(path: Path) -> str:
    if not path.is_file():
        raise refuse("没有这个文件，请核对路径", where=str(path))
    return path.read_text(encoding="utf-8-sig")


def _targets(
    place: Unit, rows: list[dict[str, str]], settings: Settings
) -> list[tuple[Unit, str, int]]:
    """The rows of a table of tasks, each amount in the unit of its indicator; refuses all at once."""
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    problems, targets = list[Problem](), list[tuple[Unit, str, int]]()
    for number, row in enumerate(rows, start=2):
        where = f"任务第 {number} 行"
        found = list(_problems(row, units, settings))
        problems += [Problem(text=text, where=where) for text in found]
        if not found:
            indicator = settings.indicator(row["指标"])
            assert indicator is not None
            targets.append((units[row["单位"]], indicator.code, indicator.kept(row["任务数"])))
    if problems:
        raise Refused(problems)
    return targets


def _problems(
    row: Mapping[str, str], units: Mapping[str, Unit], settings: Settings
) -> Iterator[str]:
    if missing := [name for name in COLUMNS if not row.get(name)]:
        yield f"缺少{'、'.join(missing)}"
        return
    if row["单位"] not in units:
        yield f"名录里没有“{row['单位']}”"
    indicator = settings.indicator(row["指标"])
    if indicator is None:
        known = "、".join(one.code for one in settings.indicators)
        yield f"没有“{row['指标']}”这个指标，可用：{known}"
    elif not row["任务数"].isdigit():
        yield f"任务数“{row['任务数']}”要写成整数，单位为{indicator.unit}"


def _give_passwords(place: Unit) -> Iterator[str]:
    """A first password for everybody; passwords never stand in the ledger."""
    people = Person.objects.filter(posts__unit__path__startswith=place.path).distinct()
    for person in people.order_by("username"):
        password = secrets.token_urlsafe(9)
        Person.objects.filter(pk=person.pk).update(password=make_password(password))
        yield f"{person.username}\t{person.name}\t{password}"
