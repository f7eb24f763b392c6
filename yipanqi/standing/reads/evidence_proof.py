"""Whether the files that records and facts refer to are there, and are what they were."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from yipanqi.core.files import evidence_in, path_of
from yipanqi.facts.pledges.models import Signing
from yipanqi.facts.projects.models import Claim
from yipanqi.facts.returns.models import Mobilised
from yipanqi.ledger.rules import Finding
from yipanqi.place.models import Document

CHUNK = 5_000


def evidence_findings() -> Iterator[Finding]:
    """Files that are gone or have other content; each content is read once."""
    seen: set[str] = set()
    for told, text in _referred():
        for file in evidence_in(text):
            if file.digest in seen:
                continue
            seen.add(file.digest)
            if wrong := _wrong(file.digest):
                yield Finding(f"{told}“{file.name}”", wrong)


def _referred() -> Iterator[tuple[str, str]]:
    """What refers to files, and how it holds them."""
    claims = Claim.objects.exclude(evidence="[]").order_by("seq")
    for seq, text in claims.values_list("seq", "evidence").iterator(CHUNK):
        yield f"第 {seq} 条的佐证", text
    answers = Mobilised.objects.order_by("seq")
    for seq, text in answers.values_list("seq", "evidence").iterator(CHUNK):
        yield f"第 {seq} 条的措施", text
    signings = Signing.objects.order_by("seq")
    for seq, text in signings.values_list("seq", "evidence").iterator(CHUNK):
        yield f"第 {seq} 条的签字件", text
    documents = Document.objects.exclude(evidence="[]").order_by("pk")
    for pk, text in documents.values_list("pk", "evidence").iterator(CHUNK):
        yield f"第 {pk} 份依据文件的附件", text


def _wrong(digest: str) -> str:
    path = path_of(digest)
    if not default_storage.exists(path):
        return "文件不在了"
    with default_storage.open(path, "rb") as kept:
        found = hashlib.file_digest(kept, "sha256").hexdigest()
    return "" if found == digest else "文件内容被改动过"
