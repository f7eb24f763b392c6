"""A request that is sent again is not done again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from yipanqi.core.problems import Refused, refuse
from yipanqi.jobs.actions import once
from yipanqi.jobs.models import IdempotencyKey

ASKED = {"name": "云岭食品"}


@pytest.fixture
def done():
    return []


def ask(done, *, key="k1", person_id=1, request=ASKED):
    def do():
        done.append(key)
        return {"number": len(done)}

    return once(person_id=person_id, key=key, request=request, do=do)


@pytest.mark.django_db
def test_the_same_key_gets_the_same_answer(done):
    assert ask(done) == ask(done) == {"number": 1}
    assert done == ["k1"]


@pytest.mark.django_db
def test_without_a_key_and_for_another_person_it_is_done_again(done):
    ask(done)
    ask(done, key="")
    ask(done, person_id=2)

    assert done == ["k1", "", "k1"]


@pytest.mark.django_db
def test_a_key_that_was_used_for_something_else_is_refused(done):
    ask(done)

    with pytest.raises(Refused):
        ask(done, request={"name": "别的"})
    assert done == ["k1"]


@pytest.mark.django_db
def test_what_was_refused_leaves_its_key_free(done):
    def never():
        raise refuse("不行")

    with pytest.raises(Refused):
        once(person_id=1, key="k1", request=ASKED, do=never)

    assert not IdempotencyKey.objects.exists()
    assert ask(done) == {"number": 1}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_one_answer_and_it_is_done_once():
    both, done = Barrier(2), []

    def sent(number):
        def do():
            done.append(number)
            return {"number": number}

        both.wait(10)
        try:
            return once(person_id=1, key="k1", request=ASKED, do=do)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(sent, (1, 2))

    assert first == second
    assert len(done) == 1
    assert IdempotencyKey.objects.count() == 1
