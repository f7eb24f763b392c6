"""`tick` does what is due: definitions whose day has come, days whose scores are to be kept; as often as one likes."""

import argparse

from yipanqi.core.clock import now, today
from yipanqi.course.actions import catch_up
from yipanqi.ledger.reads import checkpoint
from yipanqi.standing.actions import bring_into_force


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `tick`."""
    parser = listed.add_parser(
        "tick", help="做到期该做的事：到了生效日的口径生效，记下昨天为止每天的得分；可反复运行"
    )
    parser.set_defaults(run=lambda _: run())


def run() -> int:
    """Do it, and say what was done."""
    for told in due():
        print(told, flush=True)
    return 0


def due() -> list[str]:
    """Whatever is due, done; one line for each thing."""
    if not checkpoint().size:
        return []
    told = [f"{version}生效，期限已重算" for version in bring_into_force(by=None, at=now())]
    return told + [f"{day} 的得分已记下" for day in catch_up(today=today())]
