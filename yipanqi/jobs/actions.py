"""Doing a thing once, however often it is asked for."""

import hashlib
import json
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.jobs.models import IdempotencyKey

Answer = Mapping[str, object]


@transaction.atomic
def once(
    *, person_id: int, key: str, request: Mapping[str, object], do: Callable[[], Answer]
) -> Answer:
    """Do it and keep the answer under the key; asked again, give the kept answer.

    Refuses a key that was used for something else. Without a key it is simply done. Of two that
    come at once the second waits at the unique key until the first one is through.
    """
    if not key:
        return do()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    ours = IdempotencyKey(person_id=person_id, key=key, digest=digest, answer="")
    IdempotencyKey.objects.bulk_create([ours], ignore_conflicts=True)
    kept = IdempotencyKey.objects.get(person_id=person_id, key=key)
    if kept.digest != digest:
        raise refuse(_("这个幂等键已经用于另一个请求，请换一个"), where="Idempotency-Key")
    if kept.answer:
        again: Answer = json.loads(kept.answer)
        return again
    answer = do()
    text = json.dumps(answer, ensure_ascii=False, default=str)
    IdempotencyKey.objects.filter(pk=kept.pk).update(answer=text)
    return answer
