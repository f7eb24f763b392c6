"""Presets (整套预设): all that a kind of place begins with, each a folder of files that officials read."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Refused, refuse, refuse_if_blocked
from yipanqi.facts.targets.rules import PlanLine
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings
from yipanqi.settings import ROOT

PRESETS, METHODS = ROOT.parent / "presets", ROOT.parent / "methods"
INVENTED = "青禾县"
"""What a method of the collection may call its place."""

KEYS = ("title", "says", "source", "place", "bureau", "own", "basis", "methods")
COLUMNS = ("给谁", "从第几位", "到第几位", "到人", "指标", "任务数")
PLAIN = re.compile(r"[\w（）()·—-]*")
WHO, FIRST, LAST, PERSONS, CODE, AMOUNT = COLUMNS
KINDS = {str(kind.label): kind for kind in Kind}


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A folder with a staff list, definitions, a year's plan and methods, in a place's own words.

    `place` and `bureau` are the names that stand in the files, `own` the kind of unit whose names differ
    from place to place; `renamed` puts others in their stead.
    """

    folder: Path
    title: str
    says: str
    source: str
    place: str
    bureau: str
    own: str
    basis: str
    methods: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is asked for by."""
        return self.folder.name

    def renamed(self, *, place: str, bureau: str, units: Sequence[str] = ()) -> "Preset":
        """The same in the words of another place, with the names of its own units where they are told."""
        told = {self.place: place, self.bureau: bureau, INVENTED: place}
        refuse_if_blocked(_odd((place, bureau, *units)))
        mine = tuple(dict.fromkeys(name for one in units if (name := one.strip())))
        if mine:
            told |= dict(zip(self._invented, mine, strict=False))
        return replace(self, place=place, bureau=bureau, names=tuple(told.items()), units=mine)

    @property
    def _invented(self) -> list[str]:
        """The names that stand for a place's own units."""
        return [unit["name"] for unit in self._listed["units"].get(self.own, ())]

    @property
    def _listed(self) -> dict[str, Any]:
        listed: dict[str, Any] = yaml.safe_load(self.text(self.folder / "org.yaml"))
        return listed

    def text(self, path: Path) -> str:
        """A file of it, in the words of the place that takes it."""
        if not path.is_file():
            raise refuse(_("预设里缺少这个文件，请补上"), where=f"{self.name}/{path.name}")
        text = path.read_text(encoding="utf-8-sig")
        for said, told in self.names:
            text = text.replace(said, told)
        return text

    @property
    def org(self) -> dict[str, Any]:
        """Its units and groups; what is told of units that this place does not have is left out."""
        listed = self._listed
        if self.units:
            listed["units"][self.own] = [{"name": name} for name in self.units]
        known = {unit["name"] for units in listed["units"].values() for unit in units}
        for part in ("pairings", "functions"):
            told = (listed.get(part) or {}).items()
            listed[part] = {who: [one for one in names if one in known] for who, names in told}
        for groups in (listed.get("groups") or {}).values():
            for group in groups:
                told = (group.get("units") or {}).items()
                group["units"] = {name: capacity for name, capacity in told if name in known}
        return listed

    @property
    def settings_text(self) -> str:
        """Its definitions."""
        return self.text(self.folder / "settings.yaml")

    @property
    def method_texts(self) -> tuple[str, ...]:
        """Its methods: files of its own, or of the collection by their name."""
        own = [(self.folder / f"{one}.yaml", METHODS / one / "method.yaml") for one in self.methods]
        return tuple(self.text(mine if mine.is_file() else shared) for mine, shared in own)

    @property
    def plan(self) -> list[dict[str, str]]:
        """The lines of its year's plan as they are written; not those of units that it does not have here."""
        gone = set(self._invented).difference(self.units) if self.units else set()
        rows = csv.DictReader(self.text(self.folder / "plan.csv").splitlines())
        return [row for row in rows if row.get(WHO) not in gone]


def presets() -> list[Preset]:
    """All that come with the program."""
    return [preset_in(path.parent) for path in sorted(PRESETS.glob("*/preset.yaml"))]


def preset_named(name: str) -> Preset:
    """One that comes with the program, or the folder of somebody's own."""
    folder = PRESETS / name
    if name and (folder / "preset.yaml").is_file():
        return preset_in(folder)
    if (Path(name) / "preset.yaml").is_file():
        return preset_in(Path(name))
    known = "、".join(one.name for one in presets())
    told = _("没有“%(name)s”这个预设，可用：%(known)s；也可以写自己的文件夹")
    raise refuse(told % {"name": name, "known": known}, where=_("预设"))


def preset_in(folder: Path) -> Preset:
    """What a folder tells of itself; refuses with every key that is missing or unknown."""
    said = yaml.safe_load((folder / "preset.yaml").read_text(encoding="utf-8-sig"))
    given = said if isinstance(said, dict) else {}
    where = f"{folder.name}/preset.yaml"
    told = _("要有这些键：%(keys)s")
    if set(given) != set(KEYS):
        raise refuse(told % {"keys": "、".join(KEYS)}, where=where)
    return Preset(folder=folder, **{**given, "methods": tuple(given["methods"])})


def _odd(names: Iterable[str]) -> Iterator[Problem]:
    """Names go into files; signs that mean something there may not stand in them."""
    for name in names:
        if not PLAIN.fullmatch(name.strip()):
            text = _("“%(name)s”里有不能用的符号：名称只用汉字、字母、数字、括号和间隔号")
            yield Problem(text=text % {"name": name.strip()}, where=_("名称"))


def plan_lines(preset: Preset, place: Unit, settings: Settings) -> list[PlanLine]:
    """A preset's plan as the lines of a year's plan; refuses all that cannot be meant at once."""
    units = {unit.name: unit for unit in Unit.objects.under(place.path).standing()}
    problems: list[Problem] = []
    lines: list[PlanLine] = []
    for number, row in enumerate(preset.plan, start=2):
        doubts = list(_doubts(row, units, settings))
        where = _("plan.csv 第 %(number)s 行") % {"number": number}
        problems += [Problem(text=text, where=where) for text in doubts]
        try:
            lines += [] if doubts else [_line(row, units, settings)]
        except Refused as refused:
            problems += [Problem(text=one.text, where=where) for one in refused.problems]
    refuse_if_blocked(problems)
    return lines


def _doubts(row: Mapping[str, str], units: Mapping[str, Unit], settings: Settings) -> Iterator[str]:
    if missing := [column for column in COLUMNS if row.get(column) is None]:
        yield _("缺少“%(missing)s”") % {"missing": "、".join(missing)}
        return
    if row[WHO] not in {*KINDS, *units}:
        yield _("没有“%(who)s”这一类单位，名录里也没有这个单位") % {"who": row[WHO]}
    if settings.indicator(row[CODE]) is None:
        known = "、".join(one.code for one in settings.indicators)
        told = {"said": row[CODE], "known": known}
        yield _("没有“%(said)s”这个指标，可用：%(known)s") % told
    if any(row[column] and not row[column].isdigit() for column in (FIRST, LAST)):
        yield _("位次要写成整数")


def _line(row: Mapping[str, str], units: Mapping[str, Unit], settings: Settings) -> PlanLine:
    indicator = settings.indicator(row[CODE])
    assert indicator is not None
    unit = units.get(row[WHO])
    first, last = (int(row[column]) if row[column] else None for column in (FIRST, LAST))
    return PlanLine(
        indicator=indicator.code,
        amount=indicator.kept(row[AMOUNT]),
        kind="" if unit else KINDS[row[WHO]],
        unit_id=unit.pk if unit else None,
        first=first,
        last=last,
        persons=bool(row[PERSONS]),
    )
