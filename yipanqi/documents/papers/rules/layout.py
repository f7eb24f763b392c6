"""GB/T 9704—2012 in figures: page, grid, sizes of type; lengths in twips, 1/20 of a point."""

from dataclasses import dataclass

from yipanqi.documents.papers.rules.text import ems

TWIPS_PER_POINT = 20
EMU_PER_TWIP = 635


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * 1440 / 25.4)


def points(length: float) -> int:
    """Points in twips."""
    return round(length * TWIPS_PER_POINT)


# A4 and its margins: 天头 37 mm, 订口 28 mm, a type area of 156 × 225 mm (5.1, 5.2.1).
PAPER_WIDTH, PAPER_HEIGHT = 11906, 16838
TOP, BOTTOM, INNER, OUTER = mm(37), mm(35), mm(28), mm(26)
AREA_WIDTH = PAPER_WIDTH - INNER - OUTER
AREA_HEIGHT = PAPER_HEIGHT - TOP - BOTTOM

# 22 lines of 28 characters (5.2.3). 28 characters of 16 pt are 158 mm, 2 mm more than there is,
# so each is set a quarter of a point closer; a character grid (docGrid) only Word understands.
LINE = points(28.95)
TRACKING = -5
CHARACTER = points(16) + TRACKING

# Chinese sizes of type in points: 2号, 3号, 4号, 小4, 5号.
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22, 16, 14, 12, 10.5

# Named as on the government's machines; nothing is embedded, the makers do not allow it.
TITLE_FACE = "方正小标宋简体"
TEXT_FACE = "仿宋_GB2312"
KAI_FACE = "楷体_GB2312"
BLACK_FACE = "黑体"
SONG_FACE = "宋体"
RED = "FF0000"

TITLE_ROOM = AREA_WIDTH / points(SIZE_2)

# Borders are measured in eighths of a point: 0.35 mm and 0.25 mm (7.4.1).
THICK, THIN = 8, 6


@dataclass(frozen=True)
class MarkType:
    """How the red name is set: points of size, per cent of its natural width."""

    size: int
    scale: int


def mark_type(mark: str) -> MarkType:
    """The red name as large as there is room; narrower before it is made smaller (7.2.4)."""
    widest = AREA_WIDTH / TWIPS_PER_POINT * 0.96 / ems(mark)
    size = min(52, int(widest / 0.62))
    return MarkType(size=size, scale=min(100, int(widest / size * 100)))


def signature_left(organ: str, date: str) -> int:
    """Where the space begins in whose middle organ and date stand.

    The date ends four characters from the right, the organ is centred over it (7.3.5.1); an organ
    too long for that pushes both to the left until it fits.
    """
    from_right = max(4 + ems(date) / 2, ems(organ) / 2)
    return max(0, AREA_WIDTH - round(2 * from_right * CHARACTER) - 60)
