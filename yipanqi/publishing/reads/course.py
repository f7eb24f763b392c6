"""How far each result of a place has come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yipanqi.org.models import Person
from yipanqi.publishing.models import (
    Draft,
    Notice,
    Objection,
    Publication,
    Reopening,
    Seal,
    Step,
    StepQuerySet,
)
from yipanqi.publishing.rules.course import CourseState


@dataclass(frozen=True)
class Course:
    """The steps of one result so far, each kind with the newest last."""

    drafts: tuple[Draft, ...]
    notices: tuple[Notice, ...]
    seals: tuple[Seal, ...]
    reopening: Reopening | None
    publication: Publication | None
    waiting: int

    @property
    def draft(self) -> Draft:
        """The newest draft; every result begins with one."""
        return self.drafts[-1]

    @property
    def notice(self) -> Notice | None:
        """The newest notice."""
        return self.notices[-1] if self.notices else None

    @property
    def seal(self) -> Seal | None:
        """The newest seal."""
        return self.seals[-1] if self.seals else None

    @property
    def agreed(self) -> bool:
        """Whether a second person agreed that the newest seal be worked out anew."""
        decision = getattr(self.reopening, "decision", None)
        return decision is not None and decision.agreed

    @property
    def asked(self) -> bool:
        """Whether somebody asked for that and nobody has decided yet."""
        return self.reopening is not None and not hasattr(self.reopening, "decision")

    @property
    def sealed(self) -> bool:
        """Whether it is sealed and stays so."""
        return self._notice_sealed and not self.agreed

    @property
    def _notice_sealed(self) -> bool:
        return bool(self.seal and self.notice and self.seal.notice_id == self.notice.pk)

    def state(self, as_of: date) -> CourseState:
        """How far it has come."""
        if self.notice is None:
            return CourseState.DRAFT
        if not self._notice_sealed:
            return CourseState.NOTICE if as_of <= self.notice.until else CourseState.OVER
        if self.agreed:
            return CourseState.REOPENED
        return CourseState.PUBLISHED if self.publication else CourseState.SEALED


def course_of(step: Step) -> Course:
    """The course of the result to which a step belongs."""
    rows = (model.objects.of(step) for model in (Draft, Notice, Seal))
    return _courses(*rows)[0]


def course_named(person: Person, code: str, period: str) -> Course | None:
    """The course of a result by its name, where somebody sees it; none before its first draft."""
    draft = Draft.objects.visible_to(person).filter(code=code, period=period).first()
    return course_of(draft) if draft else None


def courses_for(person: Person) -> list[Course]:
    """Every result that somebody sees, the newest first; a constant number of queries."""
    return _courses(*(model.objects.visible_to(person) for model in (Draft, Notice, Seal)))


Key = tuple[int, str, str]


def _courses(drafts: StepQuerySet, notices: StepQuerySet, seals: StepQuerySet) -> list[Course]:
    steps = [_by_result(rows) for rows in (drafts, notices, seals)]
    waiting = Counter(_waiting(one for found in steps[1].values() for one in found))
    last = [found[-1].pk for found in steps[2].values()]
    asked = Reopening.objects.filter(seal__in=last).select_related("decision").order_by("seq")
    reopenings = {one.seal_id: one for one in asked}
    published = {one.seal_id: one for one in Publication.objects.filter(seal__in=last)}
    found = [
        Course(
            drafts=tuple(steps[0][key]),
            notices=tuple(steps[1][key]),
            seals=tuple(steps[2][key]),
            reopening=_of_last(steps[2][key], reopenings),
            publication=_of_last(steps[2][key], published),
            waiting=sum(waiting[one.pk] for one in steps[1][key]),
        )
        for key in list(steps[0])
    ]
    return sorted(found, key=lambda one: (one.draft.day, one.draft.code), reverse=True)


def _by_result(rows: StepQuerySet) -> dict[Key, list[Any]]:
    """Steps of each result, without the texts that are frozen in them."""
    heavy = {"inputs", "output", "manifest"} & {field.name for field in rows.model._meta.fields}
    found: dict[Key, list[Any]] = defaultdict(list)
    listed = rows.select_related("method", "place").order_by("seq")
    for one in listed.defer("method__text", *heavy):
        found[one.place_id, one.code, one.period].append(one)
    return found


def _waiting(notices: Iterable[Notice]) -> Iterable[int]:
    keys = [one.pk for one in notices]
    rows = Objection.objects.filter(notice__in=keys).waiting()
    return list(rows.values_list("notice_id", flat=True))


def _of_last(seals: list[Seal], found: Mapping[int, Any]) -> Any:
    return found.get(seals[-1].pk) if seals else None
