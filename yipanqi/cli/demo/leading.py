"""Who met whom in 2026, what leaders found at their projects, and who handed over to whom."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, TODAY, Plan, Stage, units_of
from yipanqi.facts.activities.actions import NewContact, check_project, report_contacts
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.facts.projects.actions.passing import pass_on_parts
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.actions import open_person
from yipanqi.org.models import Person, Post
from yipanqi.org.rules import Role
from yipanqi.standing.actions import succeed

SILENT = ("县政协主席", "县委统战部部长")
"""Leaders who met no investor this year."""

RESTING = ("民政局", "审计局")
"""Departments that met nobody."""

SLACK = ("县人大常委会主任", "县政协主席", "县委政法委书记")
"""Leaders who have not looked at their projects since September."""

NAMED_ON = date(2026, 3, 20)
HANDED_ON = date(2026, 7, 1)
TOWN, NEWCOMER = "林溪镇", ("linxi.new", "孟书瑶")
VACANT_ON, FILLED_ON = date(2026, 6, 1), date(2026, 8, 17)
SEAT, NEW_LEADER = "县委宣传部部长", ("xuanchuan.new", "祝远山")

CITIES = ("成都", "重庆", "东莞", "苏州", "宁波", "长沙", "武汉", "佛山")
SAID = (
    "介绍县里的原料基地和用工情况，对方关心标准厂房层高和承重",
    "对方提出用地 60 亩、双回路供电，问环评周期",
    "就物流成本和到港时效作了测算，对方要求实地再看一次",
    "对方董事会已通过初步方案，希望明确设备补助的兑现时间",
    "介绍园区配套和人才公寓，对方希望先租后买",
    "看了两处选址，对方倾向靠近高速口的一处",
)
NEXT = (
    "一周内送去选址比选方案",
    "请自然资源局核对用地性质后回话",
    "约对方下月来县考察",
    "起草合作协议初稿",
    "由专人对接环评和能评",
    "",
)
FORMS = ("场地平整完成七成", "主体厂房封顶", "设备基础施工", "首批设备进场安装", "围墙和道路完工")
FUNDS = (
    "本月到位 300 万元，累计够用到年底",
    "第二笔 800 万元已到账",
    "本月没有新到资金，对方称在办贷款",
)
PROBLEMS = ("", "", "用电增容未批", "施工便道与村民有纠纷，镇里在协调", "缺熟练焊工二十名", "")


def told(plan: Plan) -> Iterator[Done]:
    """Contacts and checks month by month, two hand-overs in the middle of the year."""
    rng = Random(20260701)  # noqa: S311 - invents a county, guards nothing
    kinds = ("seat", "township", "department", "zone")
    for name in (name for kind in kinds for name in units_of(plan, kind)):
        if name not in (*SILENT, *RESTING, SEAT):
            yield from _contacts(rng, name)
    yield Done(on=date(2026, 10, 15), hand=SEAT, do=partial(_meet, name=SEAT, number=3))
    for number, seat in enumerate(units_of(plan, "seat")):
        yield from _checks(number, seat)
    yield Done(on=NAMED_ON, hand=TOWN, do=_name)
    yield Done(on=HANDED_ON, hand=CLERK, do=_hand_over)
    yield Done(on=VACANT_ON, hand=CLERK, do=_leave)
    yield Done(on=FILLED_ON, hand=CLERK, do=_fill)


def _contacts(rng: Random, name: str) -> Iterator[Done]:
    """In some months one, in some two, in some none."""
    for month in range(1, TODAY.month + 1):
        for number in range(rng.choice((0, 1, 1, 1, 2))):
            day = date(2026, month, rng.randint(4 + number, 19))
            yield Done(on=day, hand=name, do=partial(_meet, name=name, number=rng.randint(0, 999)))


def _meet(stage: Stage, by: Person, at: datetime, *, name: str, number: int) -> None:
    holder, on = stage.units[name], at.date() - timedelta(days=number % 3)
    project = _project_of(holder.pk, number)
    kind = tuple(ContactKind)[number % 7 // 3]
    new = NewContact(
        holder=holder,
        kind=kind,
        happened_on=on,
        investor=project.investor if project else f"{CITIES[number % 8]}川渝企业联合会",
        place=CITIES[number % 8] if kind is ContactKind.VISIT else "",
        text=SAID[number % 6],
        result=NEXT[number % 5],
        present=_present(stage, name, on, number),
        project_id=project.pk if project and number % 3 else None,
    )
    report_contacts(new=[new], by=by, at=at)


def _project_of(unit_id: int, number: int) -> Project | None:
    parts = Part.objects.current().filter(unit_id=unit_id).exclude(role=PartRole.VERIFIER)
    projects = Project.objects.filter(pk__in=parts.values("project_id"), taken_back=False)
    listed = list(projects.exclude(investor="").order_by("-last_fact_on", "pk")[:8])
    return listed[number % len(listed)] if listed else None


def _present(stage: Stage, name: str, on: date, number: int) -> Sequence[int]:
    """The unit's own people; now and then the leader who answers for it."""
    posts = Post.objects.held_on(on)
    own = posts.filter(unit=stage.units[name]).exclude(role=Role.VERIFIER).order_by("pk")
    there = [post.pk for post in own]
    if number % 4 == 0:
        led = posts.filter(unit__pairings__unit=stage.units[name], role=Role.LEADER)
        there += [post.pk for post in led.exclude(unit__name__in=(*SILENT, SEAT)).distinct()]
    return there


def _checks(number: int, seat: str) -> Iterator[Done]:
    """Every four weeks since August, by the liaison's hand."""
    day = date(2026, 8, 5) + timedelta(days=number % 9)
    while day <= TODAY:
        if seat not in SLACK or day < date(2026, 9, 20):
            yield Done(on=day, hand=seat, do=partial(_look, seat=seat))
        day += timedelta(days=28)


def _look(stage: Stage, by: Person, at: datetime, *, seat: str) -> None:
    """Most of the signed projects of the seat that are not finished; the last one is often forgotten."""
    named = Part.objects.current().filter(unit=stage.units[seat], role=PartRole.LEADER)
    projects = Project.objects.filter(pk__in=named.values("project_id"), signed_on__isnull=False)
    open_now = list(projects.exclude(stage=stage.settings.order[-1]).order_by("pk"))
    for number, project in enumerate(open_now[: max(len(open_now) - at.month % 2, 1)]):
        turn = number + at.month
        check_project(
            project=project,
            seat=stage.units[seat],
            happened_on=at.date(),
            form=FORMS[turn % 5],
            funds=FUNDS[turn % 3],
            problem=PROBLEMS[turn % 6],
            by=by,
            at=at,
        )


def _name(stage: Stage, by: Person, at: datetime) -> None:
    """A township says who answers for each project that it leads."""
    parts = Part.objects.current().filter(unit=stage.units[TOWN], role=PartRole.LEAD)
    open_now = parts.exclude(project__stage=stage.settings.order[-1])
    pass_on_parts(parts=list(open_now.order_by("pk")), to=by, by=by, at=at)


def _hand_over(stage: Stage, by: Person, at: datetime) -> None:
    """The township's liaison goes; what he had open passes on to somebody new."""
    old = Post.objects.held().get(unit=stage.units[TOWN], role=Role.LIAISON)
    new = _newcomer(NEWCOMER, at)
    succeed(post=old, successor=new, on=HANDED_ON, by=_administrator(), at=at)
    stage.people[TOWN] = new


def _leave(stage: Stage, by: Person, at: datetime) -> None:
    post = Post.objects.held().get(unit=stage.units[SEAT], role=Role.LEADER)
    succeed(post=post, successor=None, on=VACANT_ON, by=_administrator(), at=at)


def _fill(stage: Stage, by: Person, at: datetime) -> None:
    post = Post.objects.get(unit=stage.units[SEAT], role=Role.LEADER, to_on=VACANT_ON)
    new = _newcomer(NEW_LEADER, at)
    succeed(post=post, successor=new, on=FILLED_ON, by=_administrator(), at=at)


def _administrator() -> Person:
    return Person.objects.get(username="admin")


def _newcomer(named: tuple[str, str], at: datetime) -> Person:
    username, name = named
    return open_person(username=username, name=name, by=_administrator(), at=at)
