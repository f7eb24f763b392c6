"""Who answers where nobody is named: the head of the unit, else its leader, else its liaison."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from yipanqi.org.models import Post
from yipanqi.org.rules import Capacity, Role

ANSWERING = Q(capacity=Capacity.HEAD) | Q(role__in=[Role.LEADER, Role.LIAISON])
"""Posts whose holder answers for the unit."""


def answering(posts: Iterable[Post]) -> dict[int, str]:
    """One name for each unit, from posts that are held; other posts are passed over."""
    found: dict[int, str] = {}
    for post in sorted(posts, key=_order):
        if _answers(post):
            found.setdefault(post.unit_id, post.person.name)
    return found


def _answers(post: Post) -> bool:
    return post.capacity == Capacity.HEAD or post.role in (Role.LEADER, Role.LIAISON)


def _order(post: Post) -> tuple[bool, bool, bool, bool, int]:
    return (
        post.capacity != Capacity.HEAD,
        post.role != Role.LEADER,
        post.capacity == Capacity.SUBSTITUTE,
        not post.main,
        post.pk,
    )


def who_answers_for(unit_ids: Iterable[int], as_of: date) -> dict[int, str]:
    """One name for each of these units on a day; a unit where nobody serves is left out."""
    posts = Post.objects.held_on(as_of).filter(ANSWERING, unit_id__in=set(unit_ids))
    return answering(posts.filter(person__is_active=True).select_related("person"))
