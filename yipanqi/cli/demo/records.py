"""The records of an invented place, read from tables that people can change, written by the usual actions."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from yipanqi.cli.founding import CLERK, DESK, Stage
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import refuse
from yipanqi.facts.activities.actions import NewContact, report_contacts
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.facts.outside.actions import enter_figures, tell_figures
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.facts.projects.actions.register import NewProject, register_projects
from yipanqi.facts.projects.actions.report import NewClaim, claim_many
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import Currency, Level, PartRole, Share
from yipanqi.facts.targets.actions import Ground, pledge_task
from yipanqi.facts.targets.rules import Task
from yipanqi.org.models import Post
from yipanqi.standing.actions import Decision, decide
from yipanqi.standing.rules import Outcome

Row = Mapping[str, str]
PLAIN = {
    "投资方": "investor",
    "产业": "industry",
    "建设性质": "nature",
    "投资方所在地": "origin",
    "招商渠道": "channel",
}
ROLES = {
    "引进单位": PartRole.INTRODUCER,
    "落地单位": PartRole.LANDING,
    "责任单位": PartRole.LEAD,
    "包保领导": PartRole.LEADER,
}
CURRENCIES = {str(one.label): one for one in Currency}
CONTACTS = {str(one.label): one for one in ContactKind}
LEVELS = {str(one.label): one for one in Level}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table; none where the place has no such table."""
    if not path.is_file():
        return []
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


@dataclass(frozen=True)
class Tables:
    """A folder of records: projects with their days, money, figures that are told, pledges."""

    folder: Path
    stage: Stage
    at: datetime

    def write(self) -> None:
        """Everything, in the order in which it depends on each other."""
        projects = self._projects()
        self._nodes(projects)
        self._funds(projects)
        self._figures()
        self._pledges()
        self._contacts()

    def _projects(self) -> dict[str, Project]:
        rows = rows_of(self.folder / "projects.csv")
        new = [
            NewProject(Project(place=self.stage.place, **_columns(row)), list(self._shares(row)))
            for row in rows
        ]
        made = register_projects(new=new, by=self.stage.people[CLERK], at=self.at)
        return {project.name: project for project in made}

    def _shares(self, row: Row) -> Iterator[Share]:
        """Several units of one kind of part share it equally."""
        for column, role in ROLES.items():
            names = [name for name in row.get(column, "").split("、") if name]
            for name in names:
                yield Share(unit_id=self._unit(name), role=role, den=len(names))

    def _unit(self, name: str) -> int:
        if name not in self.stage.units:
            raise refuse(f"名录里没有“{name}”", where=str(self.folder))
        return self.stage.units[name].pk

    def _nodes(self, projects: Mapping[str, Project]) -> None:
        """Each node in its turn: who brought the project claims it, the office accepts."""
        rows = rows_of(self.folder / "projects.csv")
        for node in self.stage.settings.nodes:
            claims = [
                self._claim(projects[row["项目"]], row, node.code, row[node.name])
                for row in rows
                if row.get(node.name)
            ]
            self._accepted(claims, node.office)

    def _funds(self, projects: Mapping[str, Project]) -> None:
        whose = {row["项目"]: row for row in rows_of(self.folder / "projects.csv")}
        claims = []
        for row in rows_of(self.folder / "funds.csv"):
            name = row["项目"]
            new = self._claim(projects[name], whose[name], "funds", row["日期"])
            money = replace(new[0], amount=_fen(row["金额"]), currency=_currency(row))
            claims.append((money, new[1]))
        self._accepted(claims, self.stage.settings.funds.office)

    def _claim(
        self, project: Project, row: Row, node: str, day: str
    ) -> tuple[NewClaim, Sequence[str]]:
        """What the first of those who take part claims."""
        column = next(column for column in ROLES if row.get(column))
        new = NewClaim(
            project=project,
            node=node,
            happened_on=date.fromisoformat(day),
            unit_id=self._unit(row[column].split("、")[0]),
            evidence=self.stage.evidence[node],
        )
        return new, (ROLES[column],)

    def _accepted(self, claims: Sequence[tuple[NewClaim, Sequence[str]]], office: str) -> None:
        """What is claimed in one go is accepted in one go."""
        made = claim_many(claims=claims, by=self.stage.people[CLERK], at=self.at)
        decisions = [Decision(claim, Outcome.ACCEPTED) for claim in made]
        decide(decisions, by=self.stage.people[f"{office}{DESK}"], at=self.at)

    def _figures(self) -> None:
        """Figures that sources tell: of our own units, and of others beside whom we stand."""
        told = [self._told(row) for row in rows_of(self.folder / "figures.csv")]
        hand = self.stage.people[CLERK]
        ours = {one.code: one for one in self.stage.settings.indicators if one.counts}
        mine = [one for one in told if one.of_id is not None]
        others = [one for one in told if one.of_id is None]
        tell_figures(place=self.stage.place, told=mine, by=hand, at=self.at)
        enter_figures(place=self.stage.place, told=others, ours=ours, by=hand, at=self.at)

    def _told(self, row: Row) -> Told:
        unit = None if row["分组"] else self.stage.units[row["单位"]]
        return Told(
            of_id=unit.pk if unit else None,
            holder="" if unit else row["单位"],
            peers=row["分组"],
            indicator=row["指标"],
            period=Period(int(row["年度"]), int(row["截至月份"]), int(row["起始月份"])),
            value=Fraction(row["数值"]),
            unit=row["计量单位"],
            source=row["来源"],
            said_on=date.fromisoformat(row["来源日期"]),
        )

    def _pledges(self) -> None:
        for row in rows_of(self.folder / "pledges.csv"):
            indicator = self.stage.settings.indicator(row["指标"])
            if indicator is None:
                raise refuse(f"口径里没有“{row['指标']}”这个指标", where="pledges.csv")
            task = Task(
                holder_id=self._unit(row["单位"]),
                indicator=indicator.code,
                amount=indicator.kept(row["自报数"]),
            )
            year, ground = self.at.year, Ground(basis="军令状")
            pledge_task(
                task=task, year=year, ground=ground, by=self.stage.people[CLERK], at=self.at
            )

    def _contacts(self) -> None:
        """Who went where with how many people of the unit."""
        rows = rows_of(self.folder / "contacts.csv")
        units = [self.stage.units[name] for name in {row["单位"] for row in rows}]
        serving: dict[str, list[int]] = {unit.name: [] for unit in units}
        posts = Post.objects.filter(unit__in=units).order_by("pk")
        for name, pk in posts.values_list("unit__name", "pk"):
            serving[name].append(pk)
        new = [
            NewContact(
                holder=self.stage.units[row["单位"]],
                kind=CONTACTS[row["方式"]],
                happened_on=date.fromisoformat(row["日期"]),
                investor=row["对方单位"],
                place=row["地点"],
                text=row["内容"],
                present=serving[row["单位"]][: int(row["人数"])],
            )
            for row in rows
        ]
        report_contacts(new=new, by=self.stage.people[CLERK], at=self.at)


def _columns(row: Row) -> dict[str, object]:
    """What is registered of a project, by the headings of its table."""
    found: dict[str, object] = {PLAIN[key]: row[key] for key in PLAIN if row.get(key)}
    found["name"], found["currency"] = row["项目"], _currency(row)
    found["level"] = LEVELS[row["重点级别"]] if row.get("重点级别") else Level.NONE
    return {**found, "total": _fen(row["总投资"]) if row.get("总投资") else None}


def _currency(row: Row) -> Currency:
    return CURRENCIES[row["币种"]] if row.get("币种") else Currency.CNY


def _fen(text: str) -> int:
    """万 of a currency in its smallest unit; refuses what is finer than that."""
    amount = Fraction(text) * FEN_PER_WAN
    if amount.denominator != 1:
        raise refuse(f"金额“{text}”细过了分", where="records")
    return int(amount)
