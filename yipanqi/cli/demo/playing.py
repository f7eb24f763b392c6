"""The stories happen: every step through the action that a person would use, day after day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from yipanqi.cli.demo.stories import (
    BY_THEMSELVES,
    Amended,
    Claimed,
    Done,
    Falsified,
    Judged,
    Moved,
    Planned,
    Registered,
    Reshared,
    Returned,
    Step,
    Story,
    TakenBack,
    Taking,
    Withdrawn,
)
from yipanqi.cli.founding import CLERK, DESK, Stage, moment
from yipanqi.facts.projects.actions.register import (
    NewProject,
    amend_project,
    register_projects,
    set_parts,
)
from yipanqi.facts.projects.actions.report import NewClaim, claim_many, report_progress
from yipanqi.facts.projects.models import Claim, Project
from yipanqi.facts.projects.rules import Share
from yipanqi.facts.returns.actions import submit_return
from yipanqi.org.models import Person
from yipanqi.standing.actions import (
    Decision,
    decide,
    find_false,
    plan_node,
    take_back_projects,
    withdraw_claim,
)

Told = tuple[Story | None, Step]


@dataclass(frozen=True)
class Group:
    """What one person writes in one sitting."""

    on: date
    order: int
    actor: str


def _turn(group: Group, desks: list[str]) -> tuple[int, str]:
    """On a day the offices decide in the order of the nodes, everybody else by name."""
    return (desks.index(group.actor) if group.actor in desks else 0, group.actor)


def _group(stage: Stage, story: Story | None, step: Step) -> Group:
    return Group(step.on, step.order, _actor(stage, story, step))


def _actor(stage: Stage, story: Story | None, step: Step) -> str:
    """Whose hand writes a step: the unit's, the office's, or the clerk's."""
    if isinstance(step, Judged):
        node = stage.settings.node(step.claim.node)
        assert node is not None
        return f"{node.office}{DESK}"
    if isinstance(step, Done):
        return step.hand if step.hand in stage.people else CLERK
    if isinstance(step, Moved | Returned):
        return step.unit
    if isinstance(step, Registered | Claimed | Withdrawn) and story is not None:
        return story.introducers[0] if step.on >= BY_THEMSELVES else CLERK
    return CLERK


class Player:
    """Remembers which project and which claim became of each story and step."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.projects: dict[Story, Project] = {}
        self.claims: dict[Claimed, Claim] = {}

    def play(self, told: Iterable[Told]) -> None:
        """Everything in the order of days, one sitting after the other."""
        nodes = (*self.stage.settings.nodes, self.stage.settings.funds)
        desks = [f"{node.office}{DESK}" for node in nodes]
        keyed = [(_group(self.stage, *one), one) for one in told]
        keyed.sort(key=lambda pair: (pair[0].on, pair[0].order, _turn(pair[0], desks)))
        for group, pairs in groupby(keyed, key=lambda pair: pair[0]):
            self.perform(group, [one for _, one in pairs])

    def perform(self, group: Group, told: list[Told]) -> None:
        """One person's sitting."""
        by, at = self.stage.people[group.actor], moment(group.on, group.order)
        step = told[0][1]
        if isinstance(step, Registered):
            self._register([story for story, _ in told if story], by, at)
        elif isinstance(step, Claimed):
            self._claim(told, by, at)
        elif isinstance(step, Judged):
            self._judge([step for _, step in told if isinstance(step, Judged)], by, at)
        else:
            for story, one in told:
                self._single(story, one, by, at)

    def _register(self, stories: list[Story], by: Person, at: datetime) -> None:
        new = [
            NewProject(
                Project(place=self.stage.place, name=story.name, **story.columns),
                self._shares(story.shares),
            )
            for story in stories
        ]
        projects = register_projects(new=new, by=by, at=at)
        self.projects.update(zip(stories, projects, strict=True))

    def _shares(self, takings: Iterable[Taking]) -> list[Share]:
        units = self.stage.units
        return [Share(unit_id=units[t.unit].pk, role=t.role, num=t.num, den=t.den) for t in takings]

    def _claim(self, told: list[Told], by: Person, at: datetime) -> None:
        steps = [(story, step) for story, step in told if story and isinstance(step, Claimed)]
        claims = claim_many(claims=list(self._new(steps)), by=by, at=at)
        self.claims.update(zip([step for _, step in steps], claims, strict=True))

    def _new(
        self, steps: Iterable[tuple[Story, Claimed]]
    ) -> Iterator[tuple[NewClaim, tuple[str, ...]]]:
        for story, step in steps:
            new = NewClaim(
                project=self.projects[story],
                node=step.node,
                happened_on=step.happened_on,
                unit_id=self.stage.units[step.unit].pk,
                amount=step.amount,
                currency=step.currency,
                note=step.note,
                evidence=self.stage.evidence[step.node],
            )
            yield new, tuple(taking.role for taking in story.shares if taking.unit == step.unit)

    def _judge(self, steps: list[Judged], by: Person, at: datetime) -> None:
        decided = [Decision(self.claims[s.claim], s.outcome, s.reason) for s in steps]
        decide(decided, by=by, at=at)

    def _single(self, story: Story | None, step: Step, by: Person, at: datetime) -> None:
        if isinstance(step, Done):
            step.do(self.stage, by, at)
        elif isinstance(step, Returned):
            holder = self.stage.units[step.unit]
            submit_return(holder=holder, month=step.month, by=by, at=at)
        elif isinstance(step, Withdrawn):
            withdraw_claim(claim=self.claims[step.claim], reason=step.reason, by=by, at=at)
        elif isinstance(step, Falsified):
            find_false(claim=self.claims[step.claim], reason=step.reason, by=by, at=at)
        elif story is not None:
            self._about(self.projects[story], step, by, at)

    def _about(self, project: Project, step: Step, by: Person, at: datetime) -> None:
        if isinstance(step, Moved):
            report_progress(
                project=project,
                text=step.text,
                problem=step.problem,
                happened_on=step.on,
                by=by,
                at=at,
            )
        elif isinstance(step, Planned):
            plan_node(
                project=project,
                node=step.node,
                planned_on=step.planned_on,
                reason=step.reason,
                by=by,
                at=at,
            )
        elif isinstance(step, Reshared):
            set_parts(project=project, shares=self._shares(step.shares), by=by, at=at)
        else:
            self._particulars(project, step, by, at)

    def _particulars(self, project: Project, step: Step, by: Person, at: datetime) -> None:
        fresh = Project.objects.get(pk=project.pk)
        if isinstance(step, TakenBack):
            take_back_projects(projects=[fresh], reason=step.reason, by=by, at=at)
            return
        assert isinstance(step, Amended)
        amended = amend_project(
            project=fresh,
            changes=step.changes,
            version=fresh.version,
            by=by,
            at=at,
            reason=step.reason,
        )
        for name in (*step.changes, "total_fen"):
            setattr(project, name, getattr(amended, name))
