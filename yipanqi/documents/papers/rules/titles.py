"""Where a long title is broken: between phrases, in the shape of a trapezoid or a rhombus (7.3.1)."""

from itertools import combinations, pairwise
from math import ceil, comb

from yipanqi.documents.papers.rules.text import ems

PARTICLES = ("关于", "的", "及", "和", "与", "并", "、", "，", "》", "）")
UNITS = ("年度", "月份", "半月", "半年", "季度", "县", "市", "工作")
NOT_FIRST = ("的", "和", "及", "与", "、", "，", "。", "》", "）", "”", "年", "月", "日")
# Worse than any unevenness: a break inside a cited title, an hourglass; a little worse: a rectangle.
WITHIN, HOURGLASS, RECTANGLE = 40.0, 60.0, 3.0
# Nobody gives a paper so long a title; Word may break it where it likes.
MOST_WAYS = 5000


def title_lines(title: str, *, room: float) -> tuple[str, ...]:
    """The title in the lines it needs, as even as phrases allow.

    Where the writer has broken it, that stands: only people know where a phrase ends.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    least = ceil(ems(title) / room)
    places = [place for place in range(2, len(title) - 1) if _may_break(title, place)]
    for count in range(max(1, least), least + 2):
        if comb(len(places), count - 1) > MOST_WAYS:
            break
        choices = [_lines(title, chosen) for chosen in combinations(places, count - 1)]
        fitting = [lines for lines in choices if all(ems(line) <= room for line in lines)]
        if fitting:
            return min(fitting, key=_ugliness)
    return (title,)


def _lines(title: str, breaks: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(title[start:end] for start, end in pairwise((0, *breaks, len(title))))


def _may_break(title: str, place: int) -> bool:
    """After a particle, mark or unit of time, and not before one."""
    return title[:place].endswith(PARTICLES + UNITS) and not title[place:].startswith(NOT_FIRST)


def _ugliness(lines: tuple[str, ...]) -> float:
    lengths = [ems(line) for line in lines]
    mean = sum(lengths) / len(lengths)
    uneven = sum((length - mean) ** 2 for length in lengths)
    flat = RECTANGLE if len(lengths) > 1 and len(set(lengths)) == 1 else 0
    return uneven + flat + _hourglass(lengths) + _broken_citations(lines)


def _hourglass(lengths: list[float]) -> float:
    """A line shorter than both its neighbours."""
    waists = zip(lengths, lengths[1:], lengths[2:], strict=False)
    return sum(HOURGLASS for above, waist, below in waists if waist < min(above, below))


def _broken_citations(lines: tuple[str, ...]) -> float:
    """Lines that end inside 《》 or （）."""
    heads = ["".join(lines[:end]) for end in range(1, len(lines))]
    opened = (
        head.count("《") + head.count("（") - head.count("》") - head.count("）") for head in heads
    )
    return sum(WITHIN for open_marks in opened if open_marks)
