"""Doing a thing once, however often it is asked for."""

import hashlib
import json
from collections.abc import Callable, Mapping

from django.db import transaction

from yipanqi.core.problems import refuse
from yipanqi.jobs.models import IdempotencyKey

Answer = Mapping[str, object]


@transaction.atomic
def once(
    *, person_id: int, key: str, request: Mapping[str, object], do: Callable[[], Answer]
) -> Answer:
    """Do it and keep the answer under the key; asked again, give the kept answer.

    Refuses a key that was used for something else. Without a key it is simply done.
    """
    if not key:
        return do()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    kept, new = IdempotencyKey.objects.get_or_create(
        person_id=person_id, key=key, defaults={"digest": digest, "answer": ""}
    )
    if new:
        answer = do()
        kept.answer = json.dumps(answer, ensure_ascii=False, default=str)
        kept.save(update_fields=["answer"])
        return answer
    if kept.digest != digest:
        raise refuse("这个幂等键已经用于另一个请求，请换一个", where="Idempotency-Key")
    again: Answer = json.loads(kept.answer)
    return again
