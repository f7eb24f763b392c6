"""Rounds of judging as people see them: how far they have come, who is awaited, what they came to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yipanqi.core.numbers import grouped
from yipanqi.facts.judging.models import Round, SecretSheet
from yipanqi.facts.judging.reads import Judged, judged_words, secret_sheets, waiting_in
from yipanqi.facts.judging.rules import Asked, Block, Result, RoundState, Way, Word, state_of, told
from yipanqi.org.models import Person, Unit


@dataclass(frozen=True)
class Course:
    """A round and how far it has come; `mine` are the raters for which the reader writes."""

    round: Round
    state: RoundState
    waiting: tuple[int, ...]
    mine: tuple[int, ...]
    days: int
    """Days beyond the due day, or nought."""

    @property
    def written(self) -> int:
        """How many raters have written."""
        return len(self.round.raters) - len(self.waiting)

    @property
    def asked(self) -> int:
        """How many raters there are."""
        return len(self.round.raters)

    @property
    def owed(self) -> bool:
        """Whether the reader's own sheet is awaited."""
        return self.is_open and any(rater in self.waiting for rater in self.mine)

    @property
    def is_open(self) -> bool:
        """Whether sheets are taken."""
        closed = {RoundState.COUNTED, RoundState.CANCELLED, RoundState.WAITING}
        return self.state not in closed

    @property
    def may_count(self) -> bool:
        """Whether it can be counted now."""
        if not self.round.is_secret or not self.is_open or not self.written:
            return False
        return self.state is not RoundState.RUNNING


def courses(rounds: Sequence[Round], person: Person, *, as_of: date) -> list[Course]:
    """How far these rounds have come; two queries for all of them."""
    waiting = waiting_in(rounds)
    return [_course(one, waiting[one.pk], person, as_of) for one in rounds]


def _course(one: Round, waiting: tuple[int, ...], person: Person, as_of: date) -> Course:
    state = state_of(
        opens_on=one.opens_on,
        due_on=one.due_on,
        waiting=len(waiting),
        closed=one.closed,
        as_of=as_of,
    )
    late = (as_of - one.due_on).days if state is RoundState.OVERDUE else 0
    return Course(one, state, waiting, one.rates(person), late)


def rounds_of(person: Person, *, as_of: date) -> list[Course]:
    """Every round of one's place, the last due first."""
    rounds = Round.objects.visible_to(person).as_of().select_related("document")
    return courses(list(rounds.order_by("-due_on", "-seq")), person, as_of=as_of)


@dataclass(frozen=True)
class Cell:
    """What stands under an item of a holder: the points in words, and who said so and why."""

    told: str = ""
    exact: str = ""
    word: Judged | None = None


@dataclass(frozen=True)
class Line:
    """A holder of a round with what it was given; `without` are the sides that said nothing of it."""

    holder: str
    cells: tuple[Cell, ...]
    result: Cell | None = None
    sheets: int = 0
    without: str = ""


@dataclass(frozen=True)
class Part:
    """The holders of one group, and what they are given points for."""

    group: str
    items: tuple[Asked, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Single:
    """One rater's sheet, where the place shows it: the sum that it gives each holder."""

    rater: str
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Seen:
    """A round's page: its course, its holders, who is awaited, and single sheets where they are shown."""

    course: Course
    parts: tuple[Part, ...]
    waiting: tuple[str, ...]
    written: tuple[str, ...]
    singles: tuple[Single, ...]


def seen(one: Round, person: Person, *, as_of: date) -> Seen:
    """A round as somebody may see it."""
    [course] = courses([one], person, as_of=as_of)
    names = dict(Unit.objects.filter(pk__in=one.holders).values_list("pk", "name"))
    raters = raters_named(one, one.raters)
    words = {} if one.is_secret else judged_words([one])[one.pk]
    return Seen(
        course=course,
        parts=tuple(_part(one, block, names, words) for block in one.asked),
        waiting=tuple(raters[key] for key in course.waiting),
        written=tuple(raters[key] for key in one.raters if key not in course.waiting),
        singles=_singles(one, person, names, raters) if one.names_shown else (),
    )


def raters_named(one: Round, keys: Iterable[int]) -> dict[int, str]:
    """How raters are called: units, or the people of a jury."""
    table = Person.objects if one.way == Way.BALLOT else Unit.objects
    return dict(table.filter(pk__in=list(keys)).values_list("pk", "name"))


def _part(
    one: Round,
    block: Block,
    names: Mapping[int, str],
    words: Mapping[tuple[int, str], Judged],
) -> Part:
    results = one.results
    lines = [
        _line(
            one,
            names[holder],
            results.get(holder),
            [words.get((holder, a.item)) for a in block.items],
        )
        for holder in block.holders
    ]
    if results:
        lines.sort(key=lambda line: -Fraction(line.result.exact) if line.result else 1)
    return Part(block.group, block.items, tuple(lines))


def _line(one: Round, name: str, result: Result | None, words: Sequence[Judged | None]) -> Line:
    cells = tuple(
        Cell(told(word.points), str(Fraction(word.points, 100)), word) if word else Cell()
        for word in words
    )
    if result is None:
        return Line(name, () if one.is_secret else cells)
    silent = [s.name for s, number in zip(one.judges, result.numbers, strict=True) if not number]
    value = result.value
    shown = None if value is None else Cell(grouped(value, 2), str(value))
    return Line(name, (), shown, sum(result.numbers), "、".join(silent))


def _singles(
    one: Round, person: Person, names: Mapping[int, str], raters: Mapping[int, str]
) -> tuple[Single, ...]:
    """The sheets of others, where the place shows them to those who open rounds."""
    sheets = SecretSheet.objects.visible_to(person).filter(round=one).last_words()
    found = []
    for sheet in sheets.order_by("unit__sort", "unit_id"):
        sums: dict[int, int] = {}
        for word in sheet.said:
            sums[word.holder] = sums.get(word.holder, 0) + word.points
        given = tuple((names[holder], told(points)) for holder, points in sums.items())
        found.append(Single(raters[sheet.rater], given))
    return tuple(found)


@dataclass(frozen=True)
class OwnSheet:
    """What a rater finds before writing: how everybody is called, and what it said already."""

    rater: str
    names: Mapping[int, str]
    before: Mapping[tuple[int, str], Word]


def sheet_of(one: Round, rater: int) -> OwnSheet:
    """A rater's sheet as it stands; of a judged round what any of its offices said."""
    names = dict(Unit.objects.filter(pk__in=one.holders).values_list("pk", "name"))
    if one.is_secret:
        said = secret_sheets(one).get(rater, ())
    else:
        words = judged_words([one])[one.pk].items()
        said = tuple(Word(holder, item, w.points, w.reason) for (holder, item), w in words)
    before = {(word.holder, word.item): word for word in said}
    return OwnSheet(raters_named(one, [rater])[rater], names, before)
