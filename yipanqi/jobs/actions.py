"""Doing a thing once, however often it is asked for."""

import hashlib
import json
from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction

from yipanqi.core.problems import refuse
from yipanqi.jobs.models import IdempotencyKey

Answer = Mapping[str, object]


def once(
    *, person_id: int, key: str, request: Mapping[str, object], do: Callable[[], Answer]
) -> Answer:
    """Do it and keep the answer under the key; asked again, give the kept answer.

    Refuses a key that was used for something else. Without a key it is simply done.
    """
    if not key:
        return do()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    known = IdempotencyKey.objects.filter(person_id=person_id, key=key)
    if (answer := _kept(known.first(), digest)) is not None:
        return answer
    try:
        return _done(person_id, key, digest, do)
    except IntegrityError:
        # The same request arrived twice at once: ours is undone, the other one has the answer.
        if (answer := _kept(known.first(), digest)) is None:
            raise
        return answer


def _kept(known: IdempotencyKey | None, digest: str) -> Answer | None:
    if known is None:
        return None
    if known.digest != digest:
        raise refuse("这个幂等键已经用于另一个请求，请换一个", where="Idempotency-Key")
    answer: Answer = json.loads(known.answer)
    return answer


@transaction.atomic
def _done(person_id: int, key: str, digest: str, do: Callable[[], Answer]) -> Answer:
    answer = do()
    text = json.dumps(answer, ensure_ascii=False, default=str)
    IdempotencyKey.objects.create(person_id=person_id, key=key, digest=digest, answer=text)
    return answer
