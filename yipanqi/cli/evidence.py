"""A handful of tiny files that stand for evidence; every claim of the demonstration refers to them."""

import struct
import zlib
from collections.abc import Mapping

from django.core.files.base import ContentFile

from yipanqi.core.files import Evidence, keep_evidence
from yipanqi.place.rules import Settings

PICTURED = ("照片", "执照", "回单")
"""Evidence that people photograph or scan; the rest comes as a document."""

WIDTH, HEIGHT = 240, 120


def keep_samples(settings: Settings) -> Mapping[str, tuple[Evidence, ...]]:
    """Put the files into the store; answers what a claim of each node refers to."""
    return {
        node.code: tuple(_kept(name) for name in node.evidence)
        for node in (*settings.nodes, settings.funds)
    }


def _kept(name: str) -> Evidence:
    pictured = any(word in name for word in PICTURED)
    content = png(len(name)) if pictured else pdf(f"Qinghe demo evidence {len(name)}")
    return keep_evidence(ContentFile(content, name=f"{name}.{'png' if pictured else 'pdf'}"))


def pdf(text: str) -> bytes:
    """One page with one line of Latin text, written out by hand."""
    drawn = f"BT /F1 14 Tf 40 120 Td ({text}) Tj ET".encode()
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    page, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return page + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(page))
    )


def png(kind: int) -> bytes:
    """A grey picture with bars where a scanned page has its lines."""
    rows = b"".join(b"\0" + _line(y, kind) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _line(y: int, kind: int) -> bytes:
    inked = 16 <= y < HEIGHT - 16 and y % 12 < 4
    length = WIDTH - 40 - (y // 12 * 37 + kind * 11) % 90 if inked else 0
    return b"\xf6" * 20 + b"\x50" * length + b"\xf6" * (WIDTH - 20 - length)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
