"""Files that prove something: kept under the hash of their content, handed out only unchanged."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse

LARGEST = 20 * 1024 * 1024
KINDS = {
    *("pdf", "ofd", "jpg", "jpeg", "png", "zip"),
    *("doc", "docx", "wps", "xls", "xlsx", "et", "ods", "csv"),
}


@dataclass(frozen=True)
class Evidence:
    """A file that proves something, named by what is in it."""

    digest: str
    name: str
    size: int


def evidence_text(files: Iterable[Evidence]) -> str:
    """How a record holds its files: one line of text that the ledger vouches for."""
    listed = [[file.digest, file.name, file.size] for file in files]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def evidence_in(text: str) -> tuple[Evidence, ...]:
    """The files that a record holds."""
    return tuple(Evidence(*entry) for entry in json.loads(text or "[]"))


def path_of(digest: str) -> str:
    """Where a file of this content lies in the store."""
    return f"evidence/{digest[:2]}/{digest}"


def keep_evidence(upload: "File[bytes]") -> Evidence:
    """Put a file into the store before anything refers to it; the same content is kept once.

    Refuses an empty file, one over 20 MB, and kinds that nobody could open.
    """
    name = (upload.name or _("佐证")).rsplit("/", 1)[-1]
    size = upload.size
    if not size:
        raise refuse(_("这个文件是空的，请重新选择"), where=name)
    if size > LARGEST:
        raise refuse(_("文件超过 20 MB，请压缩或拆分后再传"), where=name)
    if name.rsplit(".", 1)[-1].lower() not in KINDS:
        kinds = "、".join(sorted(KINDS))
        raise refuse(_("不收这种文件，请用 %(kinds)s") % {"kinds": kinds}, where=name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    evidence = Evidence(digest.hexdigest(), name[:120], size)
    if not default_storage.exists(path_of(evidence.digest)):
        default_storage.save(path_of(evidence.digest), upload)
    return evidence


def content_of(file: Evidence) -> bytes:
    """The file as it was laid down; refuses one that is gone or was changed since."""
    try:
        with default_storage.open(path_of(file.digest)) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        raise refuse(
            _("存储里找不到这个文件，请联系系统管理员从备份恢复"), where=file.name
        ) from None
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise refuse(
            _(
                "这个文件与上传时留下的摘要不符，存储里的内容被改动过，不能作为佐证下载；请联系系统管理员从备份恢复"
            ),
            where=file.name,
        )
    return content
