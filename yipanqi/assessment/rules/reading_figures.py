"""The `figures:` part of a method file: each name, its origin, and an order of computing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from yipanqi.assessment.rules.fields import fields_of
from yipanqi.assessment.rules.grammar import plain_name
from yipanqi.assessment.rules.marked import Spot
from yipanqi.assessment.rules.methods import Figure
from yipanqi.assessment.rules.names import RESERVED, item_in
from yipanqi.assessment.rules.nodes import names_in
from yipanqi.assessment.rules.parsing import nearest

KEYS = ("unit", "label", "decimals", "is", "mean_total_of", "weighted_by", "holders")


def read_figures(spot: Spot) -> tuple[Figure, ...]:
    """The figures, each after those that it is computed from."""
    entries: dict[str, Spot] = {}
    for key, entry in fields_of(spot).found.items():
        name = plain_name(key)
        if name in entries:
            entry.trouble(f"“{key}”和前面的“{name}”只有全角半角之别。请改名。")
        entries[name] = entry
    lists = [name for name, entry in entries.items() if _lists_holders(entry)]
    known = [name for name in entries if name not in lists]
    figures = {name: _figure(name, entry, known, lists) for name, entry in entries.items()}
    return tuple(figures[name] for name in _in_order(figures, spot))


def _lists_holders(spot: Spot) -> bool:
    """Looked at before the figures are read, and without noting problems twice."""
    quiet = replace(spot, problems=[])
    found = fields_of(quiet).found.get("holders")
    return found is not None and found.flat() is True


def _figure(name: str, spot: Spot, known: Sequence[str], lists: Sequence[str]) -> Figure:
    fields = fields_of(spot)
    if name in RESERVED or item_in(name):
        spot.trouble(f"“{name}”是固定用词，不能作指标名称。请换一个名称。")
    if "is" in fields and "mean_total_of" in fields:
        spot.trouble("is 和 mean_total_of 只能写一个。")
    mean_of = plain_name(fields.text("mean_total_of"))
    if mean_of and mean_of not in lists:
        spot.trouble(f"mean_total_of 要指向一个写了 holders: true 的指标，没有“{mean_of}”。")
    weight = plain_name(fields.text("weighted_by"))
    if weight and not mean_of:
        spot.trouble("weighted_by 要和 mean_total_of 一起写。")
    if weight and weight not in known:
        spot.trouble(f"weighted_by 要指向一个指标，没有“{weight}”。{nearest(weight, list(known))}")
    return Figure(
        name=name,
        label=fields.text("label") or name,
        unit=fields.text("unit"),
        decimals=fields.whole("decimals", 0, 6),
        formula=fields.formula("is", known),
        mean_total_of=mean_of,
        weighted_by=weight,
        lists_holders=name in lists,
        spec={key: entry.flat() for key, entry in fields.found.items() if key not in KEYS},
    )


def _in_order(figures: Mapping[str, Figure], spot: Spot) -> list[str]:
    needs: dict[str, list[str]] = {name: [] for name in figures}
    for name, figure in figures.items():
        if figure.formula:
            needs[name] = [part.name for part in names_in(figure.formula.tree)]
    try:
        order = [*TopologicalSorter(needs).static_order()]
    except CycleError as error:
        spot.trouble(f"指标互相依赖，算不出来：{' → '.join(error.args[1])}。请断开其中一处。")
        return list(figures)
    return _keeping_the_files_order(order, needs, figures)


def _keeping_the_files_order(
    order: Sequence[str], needs: Mapping[str, Sequence[str]], figures: Mapping[str, Figure]
) -> list[str]:
    """Reported figures as the file has them, then computed ones as they can be computed."""
    given = [name for name in figures if not needs[name]]
    return given + [name for name in order if name in figures and needs[name]]
