"""Whether a frozen result is still what it was, and whether the facts still give its figures."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from yipanqi.assessment.rules.engine import ENGINE
from yipanqi.assessment.rules.figures import holders_in
from yipanqi.core.problems import Refused
from yipanqi.ledger.rules import Finding
from yipanqi.publishing.rules.digests import digest_of, root_of
from yipanqi.publishing.rules.frozen import Frozen, leaves_of, rescored
from yipanqi.publishing.rules.output import Told

Counted = Mapping[
    int | str, tuple[str, Mapping[str, Fraction | None], Mapping[str, frozenset[int]]]
]
"""What facts give each holder by its key, the whole place by its name: group, figures, holders listed."""


def unlike_itself(frozen: Frozen, digest: str, where: str) -> Iterator[Finding]:
    """Texts that do not have their digest, and a sheet that the frozen figures do not give."""
    if frozen.digest != digest:
        yield Finding(where, "清单与封账摘要不符，被改动过")
    pairs = {
        "inputs_digest": ("指标数", frozen.inputs),
        "output_digest": ("成绩表", frozen.output),
        "method_digest": ("办法", frozen.went_in["method"]),
    }
    for name, (called, text) in pairs.items():
        if frozen.head[name] != digest_of(text):
            yield Finding(where, f"{called}与清单上的摘要不符，被改动过")
    if frozen.head["root"] != root_of(leaves_of(frozen.went_in, frozen.said)):
        yield Finding(where, "各单位回执的摘要与清单不符，被改动过")
    yield from _unlike_rescored(frozen, where)


def _unlike_rescored(frozen: Frozen, where: str) -> Iterator[Finding]:
    engine = frozen.head["engine"]
    told = "" if engine == ENGINE else f"（封账时的引擎是第 {engine} 版，现在是第 {ENGINE} 版）"
    try:
        same = rescored(frozen.went_in) == frozen.output
    except Refused as refused:
        yield Finding(where, f"用冻结的指标数重算不出来：{refused}{told}")
        return
    if not same:
        yield Finding(where, f"用冻结的指标数重算，成绩表不是逐字节相同{told}")


def unlike_facts(frozen: Frozen, counted: Counted, where: str) -> Iterator[Finding]:
    """Each figure that the facts up to the cutoff do not give as it was frozen."""
    figures = frozen.went_in["figures"]
    keys = {one["holder"]: one["unit"] for one in figures}
    for said in figures:
        who, key = f"{where} {said['holder']}", said["unit"] or said["holder"]
        if key not in counted:
            yield Finding(who, "封账时参加考核，按事实重算不参加")
            continue
        yield from _unlike(said, counted[key], keys, who)
    for unit in sorted(map(str, counted.keys() - {u or name for name, u in keys.items()})):
        yield Finding(f"{where} 单位 {unit}", "封账时不参加考核，按事实重算参加")


def _unlike(
    said: Told,
    now: tuple[str, Mapping[str, Fraction | None], Mapping[str, frozenset[int]]],
    keys: Mapping[str, int],
    who: str,
) -> Iterator[Finding]:
    group, values, lists = now
    if said["group"] != group:
        yield Finding(who, f"封账时在{said['group']}，按事实重算在{group}")
    for name, text in said["values"].items():
        value = values.get(name)
        if (None if value is None else str(value)) != text:
            yield Finding(who, f"“{name}”封账时是 {text}，按事实重算是 {value}")
    for name, text in said["texts"].items():
        if frozenset(keys.get(one, 0) for one in holders_in(text)) != lists.get(name, frozenset()):
            yield Finding(who, f"“{name}”封账时是“{text}”，按事实重算不同")
