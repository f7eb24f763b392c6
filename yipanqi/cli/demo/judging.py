"""What people judge in 2026: a rating and a ballot that were counted, a judgement that runs, late self-scores."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, Plan, Stage, units_of
from yipanqi.facts.judging.actions import count_round, open_round, write_sheet
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import Asked, Block, NewRound, Side, Way, Word
from yipanqi.org.models import Person, Post
from yipanqi.org.rules import Kind, Role

GROUP, OFFICE = "乡镇组", "市场监督管理局"
OPENED_ON, COUNTED_ON = date(2026, 10, 9), date(2026, 10, 21)
ASKED_ON, JUDGED_ON = date(2026, 11, 9), date(2026, 11, 12)
NEVER = ("平安乡", "石桥乡")
RATING, BALLOT, JUDGED, SELF = "三季度部门评价", "三季度竞赛投票", "营商环境评定", "年度自评"
STUDY = tuple(Asked(item, 0, 500) for item in ("研究深度", "信息有用", "协调配合"))
JUDGEABLE = (Asked("办事效率", 0, 500), Asked("守信践诺", 0, 500))
SCORED = (
    Asked("签约项目", 0, 3600),
    Asked("5亿元以上项目", 0, 1000),
    Asked("到位资金", 0, 2500),
    Asked("开工率", 0, 1500),
    Asked("线索质量", 0, 1000),
    Asked("月报", 0, 1000),
)
REASONS = ("抽查办件记录", "走访企业反映", "投诉核查结果")
THIRD = (date(2026, 7, 1), date(2026, 9, 30))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def told(plan: Plan) -> Iterator[Done]:
    """The rounds are opened, everybody writes on a day of its own, the secret ones are counted."""
    towns = units_of(plan, "township")
    raters = {kind: units_of(plan, kind) for kind in (Kind.ZONE, Kind.DEPARTMENT)}
    jurors = units_of(plan, "seat")[:5]
    yield Done(
        on=OPENED_ON, hand=CLERK, do=partial(_ask, towns=towns, raters=raters, jurors=jurors)
    )
    for number, name in enumerate(name for names in raters.values() for name in names):
        day = OPENED_ON + timedelta(days=3 + number % 8)
        yield Done(on=day, hand=name, do=partial(_rate, name=name, turn=number))
    for number, seat in enumerate(jurors):
        day = OPENED_ON + timedelta(days=4 + number)
        yield Done(on=day, hand=CLERK, do=partial(_vote, seat=seat, turn=number))
    yield Done(on=COUNTED_ON, hand=CLERK, do=_count)
    yield Done(on=ASKED_ON, hand=CLERK, do=partial(_ask_openly, towns=towns))
    for number, name in enumerate(name for name in towns if name not in NEVER):
        day = ASKED_ON + timedelta(days=2 + number % 6)
        yield Done(on=day, hand=name, do=partial(_score_itself, name=name, turn=number))
    some = partial(_judge, towns=towns[: len(towns) // 2])
    yield Done(on=JUDGED_ON, hand=CLERK, do=some)


def _keys(stage: Stage, names: Sequence[str]) -> tuple[int, ...]:
    return tuple(stage.units[name].pk for name in names)


def _ask(
    stage: Stage,
    by: Person,
    at: datetime,
    *,
    towns: Sequence[str],
    raters: Mapping[Kind, Sequence[str]],
    jurors: Sequence[str],
) -> None:
    """The two secret rounds of the third quarter."""
    holders = _keys(stage, towns)
    weights = {Kind.ZONE: 70, Kind.DEPARTMENT: 30}
    sides = [Side(str(k.label), weights[k], _keys(stage, names)) for k, names in raters.items()]
    jury = tuple(_leader(stage, seat).pk for seat in jurors)
    for way, name, items, judges in (
        (Way.RATING, RATING, STUDY, tuple(sides)),
        (Way.BALLOT, BALLOT, (), (Side("", 100, jury),)),
    ):
        new = NewRound(
            way=way,
            name=name,
            first_on=THIRD[0],
            last_on=THIRD[1],
            opens_on=OPENED_ON,
            due_on=COUNTED_ON - timedelta(days=1),
            blocks=(Block(GROUP, holders, items),),
            sides=judges,
            top=10_000 if way is Way.BALLOT else 0,
            step=200 if way is Way.BALLOT else 0,
        )
        open_round(place=stage.place, new=new, by=by, at=at)


def _ask_openly(stage: Stage, by: Person, at: datetime, *, towns: Sequence[str]) -> None:
    """The two open rounds of the year."""
    holders, office = _keys(stage, towns), _keys(stage, [OFFICE])
    for way, name, items, judges, due in (
        (Way.JUDGED, JUDGED, JUDGEABLE, office, date(2026, 12, 15)),
        (Way.SELF, SELF, SCORED, holders, date(2026, 11, 18)),
    ):
        new = NewRound(
            way=way,
            name=name,
            first_on=YEAR[0],
            last_on=YEAR[1],
            opens_on=ASKED_ON,
            due_on=due,
            blocks=(Block(GROUP, holders, items),),
            sides=(Side("", 100, judges),),
        )
        open_round(place=stage.place, new=new, by=by, at=at)


def _leader(stage: Stage, seat: str) -> Person:
    """Who sits there."""
    held = Post.objects.held_on(OPENED_ON).filter(unit=stage.units[seat], role=Role.LEADER)
    return held.select_related("person").order_by("pk")[0].person


def _round(stage: Stage, name: str) -> Round:
    return Round.objects.as_of().get(place=stage.place, name=name)


def _rate(stage: Stage, by: Person, at: datetime, *, name: str, turn: int) -> None:
    judging = _round(stage, RATING)
    words = [
        Word(holder, asked.item, 300 + 25 * ((turn * 3 + place * 5 + number * 2) % 9))
        for place, holder in enumerate(judging.holders)
        for number, asked in enumerate(STUDY)
    ]
    write_sheet(judging=judging, rater=stage.units[name].pk, words=words, by=by, at=at)


def _vote(stage: Stage, by: Person, at: datetime, *, seat: str, turn: int) -> None:
    """Each juror votes in person; from one to the next a few townships change places."""
    judging, juror = _round(stage, BALLOT), _leader(stage, seat)
    order = list(judging.holders)
    order[turn], order[turn + 2] = order[turn + 2], order[turn]
    words = [Word(holder, "", place) for place, holder in enumerate(order, start=1)]
    write_sheet(judging=judging, rater=juror.pk, words=words, by=juror, at=at)


def _count(stage: Stage, by: Person, at: datetime) -> None:
    for name in (RATING, BALLOT):
        count_round(judging=_round(stage, name), by=by, at=at)


def _score_itself(stage: Stage, by: Person, at: datetime, *, name: str, turn: int) -> None:
    """Most give themselves nearly all."""
    key = stage.units[name].pk
    words = [
        Word(key, asked.item, asked.highest * (10 - (turn + number) % 4) // 10)
        for number, asked in enumerate(SCORED)
    ]
    write_sheet(judging=_round(stage, SELF), rater=key, words=words, by=by, at=at)


def _judge(stage: Stage, by: Person, at: datetime, *, towns: Sequence[str]) -> None:
    """The office has looked at the first half of them."""
    words = [
        Word(key, asked.item, asked.highest - 50 * ((place + number) % 5), REASONS[place % 3])
        for place, key in enumerate(_keys(stage, towns))
        for number, asked in enumerate(JUDGEABLE)
    ]
    office = stage.units[OFFICE]
    held = Post.objects.held_on(JUDGED_ON).filter(unit=office).select_related("person")
    judge = held.order_by("pk")[0].person
    write_sheet(judging=_round(stage, JUDGED), rater=office.pk, words=words, by=judge, at=at)
