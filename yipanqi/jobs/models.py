"""Keys by which a repeated request is known."""

from django.db import models


class IdempotencyKey(models.Model):
    """A write that a program has asked for: the same key again gets the same answer, not a second write."""

    person_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return self.key
