"""Units that are assessed as one: the given figures of some are added to another's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from yipanqi.assessment.rules.figures import Figures, Row
from yipanqi.assessment.rules.methods import Method
from yipanqi.core.problems import Problem


def merged(method: Method, figures: Figures, problems: list[Problem]) -> Figures:
    """The rows that are assessed; a row that others were added to keeps them beside it."""
    if not method.merge:
        return figures
    rows = {row.holder: row for row in figures}
    added: dict[str, list[Row]] = {}
    for holder, names in method.merge.items():
        for name in names:
            if holder in rows and name in rows:
                added.setdefault(holder, []).append(rows[name])
            else:
                absent = holder if holder not in rows else name
                text = f"没有“{absent}”这一行，“{name}”没有并入“{holder}”。请补上。"
                problems.append(Problem(where=holder, text=text))
    return tuple(
        _sum(method, row, added[row.holder], problems) if row.holder in added else row
        for row in figures
        if row.holder not in method.merged
    )


def _sum(method: Method, row: Row, others: Sequence[Row], problems: list[Problem]) -> Row:
    everybody = [row, *others]
    values: dict[str, Fraction | None] = {}
    texts = {}
    for figure in (figure for figure in method.figures if figure.is_given):
        if figure.lists_holders:
            named = [each.texts.get(figure.name, "") for each in everybody]
            texts[figure.name] = "、".join(filter(None, named))
        else:
            found = {each.holder: each.values.get(figure.name) for each in everybody}
            values[figure.name] = _total(found)
            problems.extend(_missing(row.holder, figure.name, found))
    return replace(row, values=values, texts=texts, added=tuple(others))


def _total(found: Mapping[str, Fraction | None]) -> Fraction | None:
    """The sum; a figure that one of them has not is missing for all."""
    total = Fraction(0)
    for value in found.values():
        if value is None:
            return None
        total += value
    return total


def _missing(holder: str, figure: str, found: Mapping[str, Fraction | None]) -> list[Problem]:
    without = [name for name, value in found.items() if value is None]
    if not without or len(without) == len(found):
        return []
    text = f"“{'、'.join(without)}”缺“{figure}”，合并后算不出。请补报；确实没有的写 0。"
    return [Problem(where=holder, text=text)]
