"""What goes wrong in a county: doubles, false reports, second thoughts, days put off."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random

from yipanqi.cli.demo.stories import (
    Amended,
    Falsified,
    Judged,
    Planned,
    Reshared,
    Story,
    TakenBack,
    Taking,
    Withdrawn,
    begin,
    reach,
    written_on,
)
from yipanqi.cli.founding import TODAY
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.projects.rules import Level, PartRole
from yipanqi.place.rules import FUNDS

EXPOSED = (
    ("township", 2026, "started statistics", "开工照片为邻县同类项目现场，核查组到场未见施工"),
    (
        "department",
        2026,
        "signed registered land started statistics",
        "投资方书面否认签约，公章系伪造",
    ),
    (
        "township",
        2025,
        "signed registered land started statistics",
        "项目实为原有企业扩建，虚报为新引进",
    ),
)
"""Whose project of which year is found false (kind of unit, last nodes), and why."""

SPARED = "招商促进局"
"""The office that keeps the books is not caught cheating."""

SECOND_THOUGHTS = (
    "投资方推迟决策，申报日期有误，撤回后另报",
    "重复申报了同一笔资金",
    "协议主体变更，待新协议签订后重报",
)
PUT_OFF = (
    "涉及林地报批，经县政府同意顺延",
    "汛期无法施工，经专题会研究顺延",
    "投资方调整设备选型，双方书面商定顺延",
)
NEXT = {"signed": "registered", "registered": "land", "land": "started", "statistics": "completed"}


def befall(
    rng: Random, stories: Sequence[Story], *, kinds: Mapping[str, str], offices: Mapping[str, str]
) -> list[Story]:
    """Lay incidents into the stories; answers the further stories that come of them.

    `kinds` says of each unit what it is, `offices` of each node who verifies it.
    """
    leave_waiting(stories, offices)
    _find_false(stories, kinds)
    _take_back_claims(rng, stories)
    _put_off(rng, stories)
    _amend(stories)
    _reshare(stories)
    return [*_doubles(stories), _twin(stories)]


def _find_false(stories: Sequence[Story], kinds: Mapping[str, str]) -> None:
    """A project's last node, accepted at first, is found false some weeks later."""
    for kind, year, nodes, reason in EXPOSED:
        able = [
            (story, verdict)
            for story, verdict in _undecidable(stories, set(nodes.split()))
            if len(story.introducers) == 1 and kinds[story.introducers[0]] == kind
            if verdict.on.year == year and story.introducers[0] != SPARED
        ]
        for story, verdict in able[len(able) // 2 :][:1]:
            day = max(min(verdict.on + timedelta(days=35), TODAY), verdict.on)
            story.steps.append(Falsified(on=day, claim=verdict.claim, reason=reason))


def _last_accepted(story: Story) -> Judged | None:
    """The verdict on a story's last claim, if it was accepted and nothing else was done about it."""
    claims = list(story.claims())
    undone = any(isinstance(step, Withdrawn | Falsified) for step in story.steps)
    verdict = story.verdict_on(claims[-1]) if claims and not undone else None
    return verdict if verdict and not verdict.reason else None


def leave_waiting(stories: Sequence[Story], offices: Mapping[str, str]) -> None:
    """Every office finds at least two claims that wait for it."""
    for office in dict.fromkeys(offices.values()):
        nodes = {node for node, name in offices.items() if name == office}
        waiting = sum(
            claim.node in nodes and story.verdict_on(claim) is None
            for story in stories
            for claim in story.claims()
        )
        lately = sorted(_undecidable(stories, nodes), key=lambda pair: pair[1].on, reverse=True)
        for story, verdict in lately[: max(2 - waiting, 0)]:
            story.steps.remove(verdict)


def _undecidable(stories: Sequence[Story], nodes: set[str]) -> Iterator[tuple[Story, Judged]]:
    """Verdicts that nothing else rests on: the last on money, or the last on a node."""
    for story in stories:
        alike = [claim for claim in story.claims() if (claim.node == FUNDS) == (FUNDS in nodes)]
        verdict = story.verdict_on(alike[-1]) if alike else None
        if verdict and not verdict.reason and verdict.claim.node in nodes:
            yield story, verdict


def _take_back_claims(rng: Random, stories: Sequence[Story]) -> None:
    """Eight units withdraw what they claimed, and what was accepted."""
    able = [
        (story, verdict)
        for story in stories
        if (verdict := _last_accepted(story)) and verdict.claim.node in {"talks", "funds"}
        if verdict.on < TODAY - timedelta(days=40)
    ]
    for story, verdict in rng.sample(able, min(8, len(able))):
        day = verdict.on + timedelta(days=rng.randint(5, 30))
        step = Withdrawn(on=day, claim=verdict.claim, reason=rng.choice(SECOND_THOUGHTS))
        story.steps.append(step)


def _put_off(rng: Random, stories: Sequence[Story]) -> None:
    """For some projects that wait, the next node gets a later day; some of those days are past too."""
    able = [
        (story, verdict)
        for story in stories
        if (verdict := _last_accepted(story)) and verdict.claim.node in NEXT
        if verdict.on < TODAY - timedelta(days=20)
    ]
    for story, verdict in rng.sample(able, min(24, len(able))):
        day = verdict.on + timedelta(days=rng.randint(5, 18))
        step = Planned(
            on=day,
            node=NEXT[verdict.claim.node],
            planned_on=day + timedelta(days=rng.randint(60, 330)),
            reason=rng.choice(PUT_OFF),
        )
        story.steps.append(step)


def _amend(stories: Sequence[Story]) -> None:
    """Investments grow, projects are made key projects: the past keeps what it was."""
    signed = [story for story in stories if "signed" in story.reached() and story.columns["total"]]
    for number, story in enumerate(signed[3::17]):
        grown = int(story.columns["total"]) * 12 // 10 // FEN_PER_WAN * FEN_PER_WAN
        changes: dict[str, object] = {"total": grown} if number % 2 else {"level": Level.COUNTY}
        reason = "签订补充协议，增资扩产" if number % 2 else "列入县重点项目名单"
        story.steps.append(Amended(on=story.last_on(), changes=changes, reason=reason))


def _reshare(stories: Sequence[Story]) -> None:
    """Two projects that one unit brought alone are shared with the zone that took them in."""
    able = [s for s in stories if len(s.introducers) == 1 and "started" in s.reached()]
    for story in [s for s in able if s.introducers[0] != "经济开发区"][5:40:20]:
        first = story.introducers[0]
        others = [taking for taking in story.shares if taking.role is not PartRole.INTRODUCER]
        shares = (
            Taking(first, PartRole.INTRODUCER, 3, 5),
            Taking("经济开发区", PartRole.INTRODUCER, 2, 5),
            *others,
        )
        story.steps.append(Reshared(on=story.last_on(), shares=shares))


def _doubles(stories: Sequence[Story]) -> Iterator[Story]:
    """Units report the lead of another unit under nearly the same name; most are returned."""
    known = [story for story in stories if story.began_on.year == TODAY.year][::24]
    for number, story in enumerate(known[:6]):
        on = story.began_on + timedelta(days=12)
        if on > TODAY - timedelta(days=40):
            continue
        investor = str(story.columns["investor"])
        double = begin(
            name=story.name.replace("项目", "（一期）项目"),
            shares=(
                Taking(("民政局", "审计局", "供销合作社")[number % 3], PartRole.INTRODUCER),
                *(t for t in story.shares if t.role is PartRole.LANDING),
            ),
            on=on,
            columns={**story.columns, "investor": investor.replace("集团", ""), "company": "", "credit_code": ""},
        )  # fmt: skip
        reason = (
            ""
            if number == 5
            else f"与“{story.name}”是同一投资方、同一内容，已由{story.introducers[0]}登记"
        )
        reach(double, "lead", on, lag=1, returned=reason)
        yield double


def _twin(stories: Sequence[Story]) -> Story:
    """One project was registered twice under the same name and taken back a week later."""
    story = next(s for s in stories if s.began_on.year == TODAY.year and len(s.steps) > 6)
    twin = begin(
        name=story.name,
        shares=story.shares,
        on=story.began_on + timedelta(days=7),
        columns={**story.columns, "credit_code": ""},
    )
    day = written_on(twin.began_on + timedelta(days=7))
    twin.steps.append(TakenBack(on=day, reason="同一项目重复入库，保留先登记的一条"))
    return twin
