"""Workbooks like the ones that offices send, and some that nobody should."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

SECTOR = 512
END, FREE, IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Line = Sequence[object]
Rows = Sequence[Line]

SIMPLE = ("序号", "项目名称", "投资方", "总投资（万元）", "责任单位")
CODES = [
    ["工业类项目_01", "", "项目来源"],
    ["服务业项目_02", "", "以商招商"],
    ["农业类项目_03", "", ""],
]
NOTES = [
    ["填写说明："],
    ["一、落地项目是指：工业类项目为开工建设项目。"],
    ["二、企业类型指：合资、独资。"],
]


def xlsx(
    rows: Rows,
    *,
    merged: Iterable[str] = (),
    more: Mapping[str, Rows] | None = None,
    name: str = "台账",
    epoch_1904: bool = False,
    hidden: Iterable[str] = (),
) -> bytes:
    """An xlsx of these rows; text that begins with = is a formula that nobody has computed yet."""
    book = Workbook()
    book.remove(book.active)
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for title, lines in {name: rows, **(more or {})}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
        if title in hidden:
            sheet.sheet_state = "hidden"
    for span in merged:
        book[name].merge_cells(span)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def ledger(*rows: Sequence[object], heading: Sequence[object] = SIMPLE) -> bytes:
    """A ledger of five columns with a title over it."""
    return xlsx([["某县招商引资项目台账"], heading, *rows])


def signed_template() -> bytes:
    """42 columns with a title, a heading of two merged lines and the sample line left in."""
    groups: list[object] = [
        "项目名称",
        "投资方信息",
        *[""] * 3,
        "项目信息",
        *[""] * 19,
        "具体数据指标",
        *[""] * 10,
    ]
    groups += ["项目联系人", "项目联系方式", "填报部门", "填报人", "联系电话", "备注"]
    under = (
        " 投资方名称 省、直辖市、自治区 市、自治州 投资方简介 新公司名称 统一社会信用代码 企业类型 落地时间 "
        "项目简介 行业大类 行业中类 行业小类 项目类别 项目来源 是否500强 是否企业总部 是否功能中心 "
        "功能中心类型 是否属于人工智能 是否属于新业态 是否为已签约项目 签约项目所属活动 是否已上报新区 "
        "环境效应 用地需求|（平方米） 厂库房需求|（平方米）_ 办公楼需求|（平方米） 投资总额|（万元） "
        "注册资本|（万元） 当月实际到位额（万元） 年纳税总额|（万元） 年营业收入|（万元） "
        "年进出口|（万元） 固定资产投资（万元） 带动就业"
    )
    headings = [text.replace("|", "\n").replace("_", " ") for text in under.split(" ")]
    sample: list[object] = [
        "项目名称",
        "投资方名称",
        "北京市",
        "北京市",
        "投资方简介",
        "新公司名称",
    ]
    sample += [
        "统一社会信用代码",
        "国有_01",
        44177,
        "项目简介",
        "服务业项目_02",
        "电子商务_0205",
        "",
    ]
    sample += ["投资_01", "以商招商", *["是"] * 9, "生态环境改善型_1", *[12] * 11]
    sample += ["项目联系人", "项目联系方式", "产业投促局", "填报人", 13313311331, "备注"]
    spans = ["A1:AP1", "B2:E2", "F2:Y2", "Z2:AJ2", "A2:A3"]
    spans += [f"{letters}2:{letters}3" for letters in ("AK", "AL", "AM", "AN", "AO", "AP")]
    rows: Rows = [["高新区内资签约落地项目明细表"], groups, headings, sample]
    more = {"填写说明": NOTES, "Sheet1": CODES}
    return xlsx(rows, merged=spans, more=more, name="内资注册落地项目清单")


def edited(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The same archive with members put in, replaced, or (None) left out."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(result, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in changes:
                after.writestr(name, before.read(name))
        for name, body in changes.items():
            if body is not None:
                after.writestr(name, body)
    return result.getvalue()


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of these members."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return content.getvalue()


def ods(body: str) -> bytes:
    """An OpenDocument sheet with this markup inside its table."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} xmlns:calcext="urn:calcext">'
        f'<office:body><office:spreadsheet><table:table table:name="台账">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    members = {"mimetype": kind, "content.xml": content.encode()}
    return archive({**members, "META-INF/manifest.xml": manifest.encode()})


def record(code: int, body: bytes = b"") -> bytes:
    """One record of the binary format."""
    return struct.pack("<HH", code, len(body)) + body


def biff(rows: Rows, *, extra: bytes = b"", cells: bytes = b"", macro: bool = False) -> bytes:
    """The workbook stream of an .xls with one sheet, further records in its head or among its cells."""
    stream = b"".join(
        _cell(row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value != ""
    )
    kind = struct.pack("<HHHHII", 0x600, 0x10, 0xDBB, 0x7CC, 0, 6)
    sheet = record(0x809, kind) + stream + cells + record(0x0A)
    head = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0xDBB, 0x7CC, 0, 6)) + extra
    title = "台账".encode("utf-16-le")
    size = len(head) + len(record(0x85, b"\0" * (8 + len(title)))) + len(record(0x0A))
    bound = struct.pack("<IBBBB", size, 0, int(macro), 2, 1) + title
    return head + record(0x85, bound) + record(0x0A) + sheet


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return record(0x204, place + text)
    assert isinstance(value, int | float)
    return record(0x203, place + struct.pack("<d", value))


def ole(streams: Mapping[str, bytes], *, cutoff: int = 4096) -> bytes:
    """A compound file of these streams; short ones go to the small sectors, as the format wants."""
    sectors: list[bytes] = [b"", b""]
    table = [IS_FAT, END]
    small, small_table, lines = b"", [], []
    for name, body in streams.items():
        if len(body) < cutoff:
            start, count = len(small) // 64, max(-(-len(body) // 64), 1)
            small += body.ljust(count * 64, b"\0")
            small_table += [*range(start + 1, start + count), END]
        else:
            start = _put(sectors, table, body)
        lines.append(_line(name, 2, start, len(body)))
    root = _put(sectors, table, small) if small else END
    packed = struct.pack(f"<{len(small_table)}I", *small_table)
    first_small = _put(sectors, table, packed.ljust(SECTOR, b"\xff")) if small else END
    lines.insert(0, _line("Root Entry", 5, root, len(small)))
    sectors[0] = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    sectors[1] = b"".join(lines).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, cutoff, first_small, 1, END, 0
    )
    head += struct.pack("<109I", 0, *[FREE] * 108)
    return head + b"".join(sectors)


def _put(sectors: list[bytes], table: list[int], body: bytes) -> int:
    start, count = len(sectors), -(-len(body) // SECTOR)
    for number in range(count):
        sectors.append(body[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0"))
        table.append(start + number + 1 if number + 1 < count else END)
    return start


def _line(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    fields = struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, FREE)
    return text.ljust(64, b"\0") + fields + b"\0" * 36 + struct.pack("<III", start, size, 0)


def xls(rows: Rows, *, padding: int = 4096, **more: bytes | bool) -> bytes:
    """An .xls of these rows, long enough for ordinary sectors."""
    stream = biff(rows, **more)  # type: ignore[arg-type]  # two keywords of different types
    return ole({"Workbook": stream.ljust(padding, b"\0")})
