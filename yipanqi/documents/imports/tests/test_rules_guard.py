"""What may be opened: forty ways to be hostile, one sentence for each."""

import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from yipanqi.core.problems import Refused
from yipanqi.documents.imports.rules import guard as rules
from yipanqi.documents.imports.rules import ole
from yipanqi.documents.imports.rules.guard import Format, content_of, guard
from yipanqi.documents.imports.tests.ledgers import (
    SIMPLE,
    archive,
    biff,
    edited,
    ledger,
    ods,
    record,
    xls,
)
from yipanqi.documents.imports.tests.ledgers import ole as compound

LEDGER = ledger([1, "甲项目", "甲公司", 500, "某局"])
OLD = xls([SIMPLE, [1, "甲项目", "甲公司", 500, "某局"]])
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


def relation(kind: str) -> bytes:
    return (
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/{kind}" Target="http://example.gov.cn" TargetMode="External"/></Relationships>'
    ).encode()


def twice() -> bytes:
    content = BytesIO(LEDGER)
    with ZipFile(content, "a", ZIP_DEFLATED) as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(SHEET, b"<worksheet/>")
    return content.getvalue()


def lying(written: int, *, real: int) -> bytes:
    """A member whose written size is smaller than what it inflates to."""
    content = edited(LEDGER, {"xl/media/a.xml": b"0" * real})
    return content.replace(struct.pack("<I", real), struct.pack("<I", written))


def compressed_otherwise() -> bytes:
    content = BytesIO(LEDGER)
    with ZipFile(content, "a", ZIP_BZIP2) as file:
        file.writestr("xl/media/a.bin", b"0" * 100)
    return content.getvalue()


def with_stored(name: str, body: bytes) -> bytes:
    content = BytesIO(LEDGER)
    with ZipFile(content, "a", ZIP_STORED) as file:
        file.writestr(name, body)
    return content.getvalue()


def first_header_moved() -> bytes:
    """A directory that points to something that is no member."""
    at = LEDGER.index(b"PK\x01\x02")
    return LEDGER[: at + 42] + struct.pack("<I", 7) + LEDGER[at + 46 :]


def broken_stream() -> bytes:
    at = LEDGER.index(b"PK\x03\x04")
    name, extra = struct.unpack_from("<HH", LEDGER, at + 26)
    start = at + 30 + name + extra
    return LEDGER[:start] + b"\xff" * 8 + LEDGER[start + 8 :]


def locked() -> bytes:
    at = LEDGER.index(b"PK\x01\x02")
    return LEDGER[: at + 8] + b"\x01\x00" + LEDGER[at + 10 :]


def wrong_sum(content: bytes) -> bytes:
    """An archive whose first member is not what its check sum says."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 16] + b"\0" * 4 + content[at + 20 :]


BOMB = {SHEET: b"<worksheet>" + b" " * 40_000_000, "a": b" " * 40_000_000, "b": b" " * 40_000_000}

REFUSED = [
    (b"", "空的"),
    (b" \n ", "空的"),
    (b"x" * (rules.MAX_BYTES + 1), "20MB"),
    (b"%PDF-1.7 ,\x00\x01", "不是表格"),
    ("只有一行文字".encode(), "不是表格"),
    (b"\xff\xfe,\x00\xd8", "不是表格"),
    (b"\x81", "不是表格"),
    (b"<html><table></table></html>", "网页"),
    (b'<?xml version="1.0"?><Workbook/>', "网页"),
    (b"{\\rtf1 a,b}", "网页"),
    (LEDGER[:900], "损坏"),
    (archive({f"a{number}": b"" for number in range(1001)}), "1000"),
    (archive({"word/document.xml": b"<w/>"}), "不是表格"),
    (
        archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "不是表格",
    ),
    (archive({"xl/workbook.bin": b"x"}), "xlsb"),
    (archive({"deep.xlsx": LEDGER}), "不是表格"),
    (edited(LEDGER, {SHEET: b"<worksheet>" + b" " * 105_000_000}), "100MB"),
    (edited(LEDGER, BOMB), "100MB"),
    (edited(LEDGER, {"xl/media/a.xml": b"0" * 20_000_000}), "100MB"),
    (lying(1_000, real=3_000_000), "损坏"),
    (lying(1_000, real=105_000_000), "100MB"),
    (compressed_otherwise(), "损坏"),
    (first_header_moved(), "损坏"),
    (broken_stream(), "损坏"),
    (locked(), "密码"),
    (twice(), "损坏"),
    (edited(LEDGER, {"xl/vbaProject.bin": b"x"}), "宏"),
    (edited(LEDGER, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "宏"),
    (edited(LEDGER, {"Basic/Standard/Module1.xml": b"<x/>"}), "宏"),
    (edited(LEDGER, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "外部"),
    (edited(LEDGER, {"xl/connections.xml": b"<x/>"}), "外部"),
    (edited(LEDGER, {RELATIONS: relation("image")}), "外部"),
    (edited(LEDGER, {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}), "DTD"),
    (edited(LEDGER, {SHEET: b"<a/>" * 300_000 + b'<!ENTITY a "b">'}), "DTD"),
    (edited(LEDGER, {SHEET: "<worksheet/>".encode("utf-16")}), "损坏"),
    (compound({"Workbook": biff([]), "_VBA_PROJECT_CUR": b""}), "宏"),
    (compound({"Workbook": biff([["a"]], macro=True)}), "宏"),
    (compound({"EncryptedPackage": b"x"}), "密码"),
    (compound({"WordDocument": b"x"}), "不是表格"),
    (xls([SIMPLE], extra=record(0x2F, b"\0" * 6)), "密码"),
    (xls([SIMPLE], extra=record(0x1AE, b"\x01\x00\x05\x00\x00x.xls")), "外部"),
    (OLD[:20], "损坏"),
    (wrong_sum(ods("")), "损坏"),
    (OLD[:300], "损坏"),
    (OLD[:512], "损坏"),
    (OLD[:30] + b"\x20\x00" + OLD[32:], "损坏"),
    (OLD[:68] + struct.pack("<I", 2**20) + OLD[72:], "损坏"),
    (OLD[:512] + b"\0" * 1024 + OLD[1536:], "损坏"),
    (OLD[:1090] + b"\0" + OLD[1091:], "损坏"),
    (OLD[:516] + struct.pack("<I", 1) + OLD[520:], "损坏"),
    (OLD[:516] + struct.pack("<I", 500) + OLD[520:], "损坏"),
]


@pytest.mark.parametrize(("content", "word"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_ordinary_workbook_is_refused_with_one_sentence(content, word):
    with pytest.raises(Refused) as refused:
        guard(content)

    (problem,) = refused.value.problems
    assert word in problem.text


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (LEDGER, Format.XLSX),
        (edited(LEDGER, {RELATIONS: relation("hyperlink")}), Format.XLSX),
        (with_stored("xl/media/a.png", b"\x89PNG"), Format.XLSX),
        (ods(""), Format.ODS),
        (OLD, Format.XLS),
        (OLD + archive({"theme/theme1.xml": b"<x/>"}), Format.XLS),
        (xls([SIMPLE], extra=record(0x1AE, b"\x01\x00\x01\x04")), Format.XLS),
        (compound({"Workbook": biff([SIMPLE])}), Format.XLS),
        ("项目名称,投资方\n甲,乙\n".encode("utf-8-sig"), Format.CSV),
        ("项目名称,投资方\n甲,乙\n".encode("gb18030"), Format.CSV),
        ("项目名称\t投资方\n甲\t乙\n".encode("utf-16"), Format.CSV),
    ],
)
def test_a_workbook_is_known_by_its_content(content, form):
    assert guard(content) is form


def test_a_file_is_judged_by_its_size_before_it_is_read(tmp_path: Path):
    large = tmp_path / "台账.xlsx"
    with large.open("wb") as file:
        file.truncate(rules.MAX_BYTES + 1)
    small = tmp_path / "小.xls"
    small.write_bytes(LEDGER)

    with pytest.raises(Refused, match="20MB"):
        guard(large)
    assert guard(str(small)) is Format.XLSX
    assert content_of(small) == LEDGER


def test_a_table_of_sectors_that_runs_in_a_circle_ends():
    content = bytearray(OLD)
    struct.pack_into("<I", content, 512 + 4, 1)

    with pytest.raises(ole.Malformed):
        ole.traits_of(bytes(content))


def test_sectors_listed_outside_the_head_of_the_container_are_found():
    content = bytearray(OLD)
    more = len(content) // 512 - 1
    struct.pack_into("<II", content, 68, more, 1)
    content += struct.pack("<127I", *[0xFFFFFFFF] * 127) + struct.pack("<I", 0xFFFFFFFE)

    assert ole.traits_of(bytes(content)).is_workbook


MEASURE = """
import re, sys, time
from pathlib import Path
from yipanqi.core.problems import Refused
from yipanqi.documents.imports.rules.guard import guard
start = time.process_time()
try:
    guard(sys.argv[1])
except Refused as refused:
    peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
    print(refused, time.process_time() - start, peak)
"""


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """An xlsx of about half a megabyte that inflates to 500 MB."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        with file.open(SHEET, "w") as member:
            for _ in range(500):
                member.write(b" " * 1_000_000)
    return content.getvalue()


@pytest.mark.parametrize("written", [500_000_000, 9_000])
def test_a_bomb_is_refused_in_two_seconds_and_200_megabytes(bomb, tmp_path: Path, written):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb.replace(struct.pack("<I", 500_000_000), struct.pack("<I", written)))

    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True
    )

    sentence, seconds, kilobytes = ran.stdout.split()
    assert "100MB" in sentence
    assert float(seconds) < 2
    assert int(kilobytes) < 200 * 1024


def test_the_bomb_would_go_off_without_the_guard(bomb):
    with ZipFile(BytesIO(bomb)) as file:
        packed = file.getinfo(SHEET)

    assert packed.file_size == 500_000_000
    assert len(bomb) < rules.MEGABYTE
