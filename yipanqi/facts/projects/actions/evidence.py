"""Files that prove a claim are kept under the hash of their content."""

import hashlib

from django.core.files.base import File
from django.core.files.storage import default_storage

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.rules import Evidence

LARGEST = 20 * 1024 * 1024
KINDS = {
    "pdf",
    "jpg",
    "jpeg",
    "png",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "wps",
    "et",
    "ofd",
    "zip",
    "ods",
    "csv",
}


def path_of(digest: str) -> str:
    """Where a file of this content lies in the store."""
    return f"evidence/{digest[:2]}/{digest}"


def keep_evidence(upload: "File[bytes]") -> Evidence:
    """Put a file into the store before anything refers to it; the same content is kept once.

    Refuses an empty file, one over 20 MB, and kinds that nobody could open.
    """
    name = (upload.name or "佐证").rsplit("/", 1)[-1]
    size = upload.size
    if not size:
        raise refuse("这个文件是空的，请重新选择", where=name)
    if size > LARGEST:
        raise refuse("文件超过 20 MB，请压缩或拆分后再传", where=name)
    if name.rsplit(".", 1)[-1].lower() not in KINDS:
        raise refuse(f"不收这种文件，请用 {'、'.join(sorted(KINDS))}", where=name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    evidence = Evidence(digest.hexdigest(), name[:120], size)
    if not default_storage.exists(path_of(evidence.digest)):
        default_storage.save(path_of(evidence.digest), upload)
    return evidence
