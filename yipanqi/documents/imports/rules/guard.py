"""What may be opened at all. Decided by content, never by the name, before anything is parsed."""

import re
import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from yipanqi.core.problems import refuse
from yipanqi.documents.imports.rules import ole

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_INFLATED = 100 * MEGABYTE
MAX_MEMBERS = 1000
MAX_RATIO = 500
RATIO_MATTERS_FROM = 10 * MEGABYTE
PIECE = 64 * 1024

ZIP_SIGNATURE = b"PK\x03\x04"
CENTRAL_ENTRY = b"PK\x01\x02"
UNREADABLE_ZIP = (BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error)
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
LONGEST_DECLARATION = max(map(len, DECLARATIONS))
RELATION = re.compile(rb"<(?:\w{1,20}:)?Relationship\s[^>]*>")

BROKEN = "文件已损坏或不完整，请用 WPS 或 Excel 打开、另存为 .xlsx 后再传"
NOT_A_WORKBOOK = "这不是表格文件，请上传 .xlsx、.xls、.ods 或 .csv 格式的台账"
TOO_LARGE = "文件超过20MB，请删去图片和无关的工作表后再传"
TOO_MANY = "文件里的部件超过1000个，不像普通台账，请只把数据复制到新表后再传"
INFLATES = "文件展开后超过100MB，请删去无关的内容、只留台账数据后再传"
MACROS = "文件带有宏，请另存为不带宏的 .xlsx 后再传"
EXTERNAL = "文件链接了外部文件或数据源，请在“数据—编辑链接”中断开链接、另存后再传"
ENCRYPTED = "文件设了打开密码，请取消密码、另存后再传"
WEB_PAGE = "这是改了扩展名的网页或文本表格，请用 WPS 或 Excel 打开、另存为 .xlsx 后再传"
BINARY_WORKBOOK = "这是 .xlsb 格式，请用 WPS 或 Excel 另存为 .xlsx 后再传"
DECLARED = "文件里有文档类型声明（DTD），可能有害，请把数据复制到新表后再传"


class Format(StrEnum):
    """What a file is, by its content."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"


def guard(source: Path | str | bytes) -> Format:
    """The format of a file that is safe to parse; anything else is refused with one sentence."""
    data = content_of(source)
    if not data.strip():
        raise refuse("文件是空的，请检查后重新上传")
    if data.startswith(ZIP_SIGNATURE):
        return _guard_zip(data)
    if data.startswith(ole.SIGNATURE):
        return _guard_ole(data)
    return _guard_text(data)


def content_of(source: Path | str | bytes) -> bytes:
    """The bytes of a file that is not too large to be looked at."""
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > MAX_BYTES:
        raise refuse(TOO_LARGE)
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def inflated_size(form: Format, data: bytes) -> int:
    """How many bytes a guarded file is when it is unpacked."""
    if form in (Format.XLS, Format.CSV):
        return len(data)
    return sum(member.file_size for member in ZipFile(BytesIO(data)).infolist())


def _guard_ole(data: bytes) -> Format:
    try:
        traits = ole.traits_of(data)
    except ole.Malformed:
        raise refuse(BROKEN) from None
    for found, sentence in (
        (traits.encrypted, ENCRYPTED),
        (not traits.is_workbook, NOT_A_WORKBOOK),
        (traits.macros, MACROS),
        (traits.external, EXTERNAL),
    ):
        if found:
            raise refuse(sentence)
    return Format.XLS


def _guard_text(data: bytes) -> Format:
    """Comma-separated text, in the encodings that WPS and Excel write."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<", b"mime-version", b"{\\rtf")):
        raise refuse(WEB_PAGE)
    text = decoded(data)
    if text is None or not any(mark in text for mark in ",\t;"):
        raise refuse(NOT_A_WORKBOOK)
    return Format.CSV


def decoded(data: bytes) -> str | None:
    """Text in UTF-8, UTF-16 or GB 18030; None where it is no text."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1f]", text) else text
    return None


def _guard_zip(data: bytes) -> Format:
    """Every entry of the directory bears a signature: counting them costs nothing and needs no parser."""
    if data.count(CENTRAL_ENTRY) > MAX_MEMBERS:
        raise refuse(TOO_MANY)
    try:
        members = ZipFile(BytesIO(data)).infolist()
    except UNREADABLE_ZIP:
        raise refuse(BROKEN) from None
    if problem := _problem_of_names(members) or _problem_of_sizes(members):
        raise refuse(problem)
    _inflate_all(data, members)
    return _format_of({member.filename for member in members}, data)


def _format_of(names: set[str], data: bytes) -> Format:
    if "xl/workbook.bin" in names:
        raise refuse(BINARY_WORKBOOK)
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if {"mimetype", "content.xml"} <= names and _is_sheet(data):
        return Format.ODS
    raise refuse(NOT_A_WORKBOOK)


def _is_sheet(data: bytes) -> bool:
    try:
        return ZipFile(BytesIO(data)).read("mimetype").endswith(b"opendocument.spreadsheet")
    except UNREADABLE_ZIP:
        raise refuse(BROKEN) from None


def _problem_of_names(members: list[ZipInfo]) -> str:
    names = [member.filename.lower().replace("\\", "/") for member in members]
    if len(set(names)) < len(names):
        return BROKEN
    if any(member.flag_bits & 1 for member in members):
        return ENCRYPTED
    for name in names:
        if "vbaproject" in name or name.startswith(("xl/macrosheets/", "basic/", "scripts/")):
            return MACROS
        if name.startswith(("xl/externallinks/", "xl/connections")):
            return EXTERNAL
    return ""


def _problem_of_sizes(members: list[ZipInfo]) -> str:
    """What the directory itself admits; what it hides is found by inflating."""
    if sum(member.file_size for member in members) > MAX_INFLATED:
        return INFLATES
    for member in members:
        if member.file_size > max(RATIO_MATTERS_FROM, member.compress_size * MAX_RATIO):
            return INFLATES
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            return BROKEN
    return ""


def _inflate_all(data: bytes, members: list[ZipInfo]) -> None:
    """Inflate every member piece by piece, keep nothing, and believe no size that is written down."""
    left = MAX_INFLATED
    for member in members:
        size = 0
        for piece in _checked(_inflated(memoryview(data), member), member.filename.lower()):
            size += len(piece)
            if size > left:
                raise refuse(INFLATES)
        if size != member.file_size:
            raise refuse(BROKEN)
        left -= size


def _inflated(data: memoryview, member: ZipInfo) -> Iterator[bytes]:
    """The content of a member, from the compressed bytes themselves."""
    header = member.header_offset
    if data[header : header + 4] != ZIP_SIGNATURE:
        raise refuse(BROKEN)
    name, extra = struct.unpack_from("<HH", data, header + 26)
    start = header + 30 + name + extra
    packed = data[start : start + member.compress_size]
    if member.compress_type == ZIP_STORED:
        yield bytes(packed)
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for offset in range(0, len(packed), PIECE):
        piece: bytes | memoryview = packed[offset : offset + PIECE]
        while piece:
            try:
                yield stream.decompress(piece, MEGABYTE)
            except zlib.error:
                raise refuse(BROKEN) from None
            piece = stream.unconsumed_tail


def _checked(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The same pieces, refused at the first declaration or link to the outside in them."""
    tail, relations = b"", bytearray()
    for piece in pieces:
        window = tail + piece
        if any(word in window for word in DECLARATIONS):
            raise refuse(DECLARED)
        if not tail and name.endswith((".xml", ".rels")) and b"\x00" in window[:4]:
            raise refuse(BROKEN)
        if name.endswith(".rels"):
            relations += piece
        tail = window[-LONGEST_DECLARATION:]
        yield piece
    if _links_outside(bytes(relations)):
        raise refuse(EXTERNAL)


def _links_outside(relations: bytes) -> bool:
    """A hyperlink in a cell is no link of the workbook; everything else outside is."""
    return any(
        b'TargetMode="External"' in relation and b'/hyperlink"' not in relation
        for relation in RELATION.findall(relations)
    )
