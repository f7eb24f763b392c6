"""Files are kept under the hash of their content, once."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yipanqi.core import files
from yipanqi.core.files import content_of, evidence_in, evidence_text, keep_evidence, path_of
from yipanqi.core.problems import Refused

pytestmark = pytest.mark.django_db  # it gives each test a store of its own


def test_evidence_is_kept_once_under_the_hash_of_its_content():
    first = keep_evidence(ContentFile(b"signed", name="协议.PDF"))
    again = keep_evidence(ContentFile(b"signed", name="C/协议副本.pdf"))

    assert first.digest == again.digest
    assert again.name == "协议副本.pdf"
    assert first.size == 6
    with default_storage.open(path_of(first.digest)) as kept:
        assert kept.read() == b"signed"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "协议.pdf", "这个文件是空的"),
        (b"MZ", "协议.exe", "不收这种文件"),
        (b"x" * 11, "协议.pdf", "超过 20 MB"),
    ],
)
def test_evidence_that_nobody_could_open_is_refused(content, name, words, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)

    with pytest.raises(Refused, match=words):
        keep_evidence(ContentFile(content, name=name))


def test_a_file_is_handed_out_only_unchanged():
    kept = keep_evidence(ContentFile(b"signed", name="协议.pdf"))
    assert content_of(kept) == b"signed"

    default_storage.delete(path_of(kept.digest))
    with pytest.raises(Refused, match="存储里找不到这个文件"):
        content_of(kept)

    default_storage.save(path_of(kept.digest), ContentFile(b"forged"))
    with pytest.raises(Refused, match="不符"):
        content_of(kept)


def test_a_record_holds_its_files_as_one_line_of_text():
    kept = keep_evidence(ContentFile(b"signed", name="协议.pdf"))

    assert evidence_in(evidence_text([kept])) == (kept,)
    assert evidence_in("") == ()
