"""Who has pledged what for a year, who has signed by the day, and the paper that is signed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yipanqi.documents.papers.rules import Column, Heading, Kind, Paper, Paragraph, Table
from yipanqi.facts.pledges.models import Pledge, PledgeRound, Signing
from yipanqi.facts.pledges.rules import PledgedTask, PledgeState, state_of, tasks_text
from yipanqi.ledger.reads import now_seq
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can, Role
from yipanqi.place.rules import Letterhead, Settings
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import Board, board_of
from yipanqi.standing.reads.tasks import holders_of

COLUMNS = (
    Column(title="指标"),
    Column(title="计量单位"),
    Column(title="下达任务", kind=Kind.NUMBER),
    Column(title="自加压力", kind=Kind.NUMBER),
)
PROMISES = (
    "主要负责人为第一责任人，亲自研究、亲自外出招商、亲自推进项目。",
    "如实申报，不把往年线索、已建成项目充作新项目，不搞虚假签约、虚假到位。",
    "引进的项目跟踪到投产，对投资方承诺的事项逐项兑现。",
    "年底按考核办法接受考核，未完成任务的，向县委、县政府作出说明。",
)


@dataclass(frozen=True)
class Row:
    """One holder and the pledge of a year."""

    unit: Unit
    state: PledgeState
    pledge: Pledge | None
    signing: Signing | None
    tasks: tuple[PledgedTask, ...]
    due_on: date | None
    as_of: date
    mine: bool

    @property
    def days(self) -> int:
        """Days after the set day on which it was signed, or that have passed without."""
        until = self.signing.happened_on if self.signing else self.as_of
        return max((until - self.due_on).days, 0) if self.due_on else 0

    @property
    def outdated(self) -> bool:
        """Whether the tasks have changed since the pledge was printed."""
        return self.pledge is not None and self.pledge.text != tasks_text(self.tasks)


def round_of(place_id: int, year: int) -> PledgeRound | None:
    """The newest word on when a year's pledges are to be signed."""
    rounds = PledgeRound.objects.filter(place=place_id, year=year).select_related("document")
    return rounds.order_by("-seq").first()


def rows_of(
    person: Person, year: int, *, settings: Settings, called: PledgeRound | None, as_of: date
) -> list[Row]:
    """Everybody who carries a task this year, with the pledge; a constant number of queries."""
    units = holders_of(person, year)
    board = board_of([unit.pk for unit in units], settings, _at(year, as_of))
    last = Pledge.objects.filter(holder__in=units, year=year).last_words()
    pledges = {one.holder_id: one for one in last}
    found = Signing.objects.filter(pledge__in=[one.pk for one in pledges.values()])
    signings = {one.pledge_id: one for one in found.select_related("signer").order_by("seq")}
    rows = []
    for unit in units:
        pledge, tasks = pledges.get(unit.pk), tasks_of(unit, board)
        signing = signings.get(pledge.pk) if pledge else None
        if not tasks and pledge is None:
            continue
        state = state_of(
            printed=pledge is not None,
            signed_on=signing.happened_on if signing else None,
            due=called.due_on if called else None,
            as_of=as_of,
        )
        due_on, mine = called.due_on if called else None, may_pledge(person, unit)
        rows.append(Row(unit, state, pledge, signing, tasks, due_on, as_of, mine))
    order = list(PledgeState)
    return sorted(rows, key=lambda row: order.index(row.state))


def _at(year: int, as_of: date) -> AsOf:
    return AsOf(seq=now_seq(), day=as_of if as_of.year == year else date(year, 12, 31))


def tasks_of(unit: Unit, board: Board) -> tuple[PledgedTask, ...]:
    """What a holder was given and what it promised beyond that."""
    return tuple(
        PledgedTask(
            name=pace.indicator.name,
            unit=pace.indicator.unit,
            assigned=pace.indicator.told(pace.assigned) if pace.assigned else "",
            pledged=pace.indicator.told(pace.pledged) if pace.pledged else "",
        )
        for pace in board.of(unit.pk)
        if pace.aim
    )


def may_pledge(person: Person, unit: Unit) -> bool:
    """Whether somebody may print and sign for a holder: its own people, and who sets the targets."""
    return any(person.reach(what).covers(unit.path) for what in (Can.PLEDGE, Can.SET_TARGET))


def tally(rows: Sequence[Row]) -> Counter[PledgeState]:
    """How many stand how."""
    return Counter(row.state for row in rows)


def signers_of(unit: Unit, day: date) -> list[Person]:
    """Who serves in a unit on a day, those who lead it first."""
    posts = Post.objects.held_on(day).filter(unit=unit).select_related("person")
    first = sorted(posts, key=lambda post: (post.role != Role.LEADER, post.capacity, post.pk))
    return list({post.person_id: post.person for post in first}.values())


def paper_of(pledge: Pledge, letterhead: Letterhead) -> Paper:
    """A pledge as an official paper, to be printed and signed by hand."""
    rows = tuple((t.name, t.unit, t.assigned or "—", t.pledged or "—") for t in pledge.tasks)
    return Paper(
        organ=letterhead.organ,
        number=pledge.number,
        title=f"{pledge.year}年招商引资军令状",
        addressees=(f"中共{pledge.place}委员会", f"{pledge.place}人民政府"),
        blocks=(
            Paragraph(text=f"为完成全年招商引资任务，{pledge.holder}郑重立下军令状，承诺如下。"),
            Heading(level=1, text="目标任务"),
            Table(columns=COLUMNS, rows=rows, name="目标任务"),
            Heading(level=1, text="承诺事项"),
            *(Paragraph(text=text) for text in PROMISES),
            Paragraph(text="承诺人（签字）："),
            Paragraph(text="签订日期：　　　　年　　月　　日"),
        ),
        signed_by=str(pledge.holder),
        dated=pledge.happened_on,
    )
