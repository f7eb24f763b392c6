"""What stands in the way of something: the one form in which every refusal and every doubt is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a problem weighs."""

    WARNS = "warns"
    BLOCKS = "blocks"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One sentence in the user's words: what is wrong, where, and what to do.

    `where` is the cell, field or line it is about, `clause` the article of the regulation behind it.
    """

    text: str
    where: str = ""
    clause: str = ""
    weight: Weight = Weight.BLOCKS

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        basis = f"（{self.clause}）" if self.clause else ""
        return f"{place}{self.text}{basis}"


class Refused(Exception):
    """An action that may not happen, with every reason at once. Nothing has been written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(str(problem) for problem in self.problems))


def refuse(text: str, *, where: str = "", clause: str = "") -> Refused:
    """A refusal for a single reason."""
    return Refused([Problem(text=text, where=where, clause=clause)])


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop an action; warnings do not."""
    return tuple(problem for problem in problems if problem.weight is Weight.BLOCKS)


def refuse_if_blocked(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all blocking problems, if there are any."""
    if stopped := blocking(problems):
        raise Refused(stopped)
