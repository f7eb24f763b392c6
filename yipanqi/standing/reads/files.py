"""What lies in the store of evidence, held against what the claim says of it."""

import hashlib

from django.core.files.storage import default_storage

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.actions.evidence import path_of
from yipanqi.facts.projects.rules import Evidence


def content_of(file: Evidence) -> bytes:
    """The file as it was laid down; refuses one that is gone or was changed since."""
    try:
        with default_storage.open(path_of(file.digest)) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        raise refuse("存储里找不到这个文件，请联系系统管理员从备份恢复", where=file.name) from None
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise refuse(
            "这个文件与申报时留下的摘要不符，存储里的内容被改动过，不能作为佐证下载；请联系系统管理员从备份恢复",
            where=file.name,
        )
    return content
