"""Whether the files that prove claims are there, and are what they were."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from yipanqi.facts.projects.actions.evidence import path_of
from yipanqi.facts.projects.models import Claim
from yipanqi.facts.projects.rules import evidence_in
from yipanqi.ledger.rules import Finding

CHUNK = 5_000


def evidence_findings() -> Iterator[Finding]:
    """Files of evidence that are gone or have other content; each content is read once."""
    seen: set[str] = set()
    claims = Claim.objects.exclude(evidence="[]").order_by("seq")
    for seq, text in claims.values_list("seq", "evidence").iterator(CHUNK):
        for file in evidence_in(text):
            if file.digest in seen:
                continue
            seen.add(file.digest)
            if wrong := _wrong(file.digest):
                yield Finding(f"第 {seq} 条的佐证“{file.name}”", wrong)


def _wrong(digest: str) -> str:
    path = path_of(digest)
    if not default_storage.exists(path):
        return "文件不在了"
    with default_storage.open(path, "rb") as kept:
        found = hashlib.file_digest(kept, "sha256").hexdigest()
    return "" if found == digest else "文件内容被改动过"
