"""What happens in the invented county besides projects and returns."""

from collections.abc import Iterator

from yipanqi.cli.demo import (
    documents,
    groups,
    judging,
    leading,
    mobilisation,
    outside,
    pledges,
    results,
    tasks,
    views,
)
from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import Plan


def told(plan: Plan) -> Iterator[Done]:
    """Every step, whatever its day."""
    yield from documents.told()
    yield from groups.told(plan)
    yield from judging.told(plan)
    yield from mobilisation.told(plan)
    yield from outside.told()
    yield from pledges.told()
    yield from tasks.told()
    yield from leading.told(plan)
    yield from results.told()
    yield from views.told()
