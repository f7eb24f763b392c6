"""Pages of the manual that are printed from the code: `python -m tests.manual` prints them anew."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.constructs import every, index
from tests.shelf import METHODS, RESULTS, cells, entries, problems
from yipanqi.assessment.rules import read_method
from yipanqi.cli import parser
from yipanqi.org.rules import GRANTS, Can, Role, Scope
from yipanqi.standing.measures.words import MAY, WANTS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
STORIES = ROOT / "tests" / "stories"
SCOPES = {Scope.ALL: "本地方", Scope.UNIT: "本单位", None: "—"}
PRINTED = re.compile(r"(<!-- printed: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def text_of(path: Path) -> str:
    """A page as it lies there."""
    return path.read_text(encoding="utf-8")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def terms() -> list[tuple[str, str, str]]:
    """Every line of the page of terms: Chinese, English, code."""
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| (.*?) \|", text_of(REFERENCE / "terms.md"), re.MULTILINE
    )
    return [(chinese, english, code.strip("`")) for chinese, english, code in rows]


def permissions() -> str:
    """Every right and how far it reaches for each role."""
    called = {code: chinese for chinese, _, code in terms()}
    return table(
        ["权利", *(str(role.label) for role in Role)],
        [
            [
                f"{called.get(f'Can.{what.value}', '?')} `{what.value}`",
                *(SCOPES[GRANTS[role].get(what)] for role in Role),
            ]
            for what in Can
        ],
    )


def commands() -> str:
    """Every verb of the one command with its arguments."""
    return "\n".join(_verb(name, says, verb) for name, says, verb in verbs())


def verbs() -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Each verb, what it does, and what may follow it."""
    actions = parser()._actions
    listed = next(a for a in actions if isinstance(a, argparse._SubParsersAction))
    says = {choice.dest: choice.help or "" for choice in listed._choices_actions}
    for name, verb in listed.choices.items():
        yield name, says.get(name, ""), verb


def _verb(name: str, says: str, verb: argparse.ArgumentParser) -> str:
    rows = [
        [f"`{_spelled(action)}`", action.help or "", _default(action)]
        for action in verb._actions
        if not isinstance(action, argparse._HelpAction)
    ]
    told = table(["参数", "意思", "不写时"], rows) if rows else "没有参数。\n"
    return f"### yipanqi {name}\n\n{verb.description or says}。\n\n{told}".replace("。。", "。")


def _spelled(action: argparse.Action) -> str:
    taken = action.metavar if isinstance(action.metavar, str) else ""
    if action.choices is not None:
        taken = "{" + ",".join(map(str, action.choices)) + "}"
    if not action.option_strings:
        return taken or action.dest.upper()
    named = ", ".join(action.option_strings)
    return (
        named if action.nargs == 0 else f"{named} {taken or action.dest.upper()}".replace("|", "/")
    )


def _default(action: argparse.Action) -> str:
    if action.nargs != "?" and (not action.option_strings or action.required):
        return "必写"
    shown = action.default is not None and action.default is not False
    return f"`{action.default}`" if shown and action.default != argparse.SUPPRESS else "—"


def measures() -> str:
    """Every source of figures, what it must be told and what it may be told."""
    rows = [[f"`{name}`", _words(WANTS[name]), _words(MAY[name])] for name in WANTS]
    return table(["指标", "必写", "可写"], rows)


def _words(words: frozenset[str]) -> str:
    return " ".join(f"`{word}`" for word in sorted(words)) or "—"


def methods() -> str:
    """Every method that we ship, what it was tried on, and how much of that."""
    heads = ["办法", "哪里", "级别", "年份", "对照", *TRIED]
    found = [(entry, _tried(entry["folder"])) for entry in entries()]
    sums = [str(sum(column)) for column in zip(*(tried for _, tried in found), strict=True)]
    rows = [[*_method(entry), *map(str, tried)] for entry, tried in found]
    return table(heads, [*rows, [f"合计 {len(rows)} 份", "", "", "", "", *sums]])


TRIED = ("核对几格", "其中公布的", "公布有误", "软件指出")


def _method(entry: dict[str, Any]) -> list[str]:
    folder = METHODS / entry["folder"]
    title = read_method(text_of(folder / "method.yaml")).title
    year = str(entry.get("year", "未载"))
    where = f"{title}<br>`methods/{folder.name}`"
    return [where, entry["place"], entry["level"], year, RESULTS[entry["result"]]]


def _tried(folder: str) -> tuple[int, ...]:
    found = cells(folder)
    stated = [cell for cell in found if cell.stated]
    wrong = sum(cell.stated != cell.right for cell in stated)
    return len(found), len(stated), wrong, len(problems(folder))


def whole_presets() -> str:
    """Every preset with what it holds and where it comes from."""
    # Presets know units, which exist only once Django is set up.
    from yipanqi.dashboards.reads.presets import presets  # noqa: PLC0415

    rows = [[f"`{one.name}`", one.title, one.says, one.source] for one in presets()]
    return table(["预设", "名称", "有什么", "来源"], rows)


def figures() -> list[dict[str, Any]]:
    """The figures of the five texts, each with the story that recomputes it where there is one."""
    listed: list[dict[str, Any]] = yaml.safe_load(text_of(STORIES / "figures.yaml"))
    return listed


def recomputed() -> str:
    """How many of the texts' figures are recomputed from records, and which, row by row."""
    listed = figures()
    done = [one for one in listed if "story" in one]
    by_row: dict[str, list[dict[str, Any]]] = {}
    for one in listed:
        by_row.setdefault(one["row"], []).append(one)
    rows = [[row, _told(ones, done=True), _told(ones, done=False)] for row, ones in by_row.items()]
    head = f"五个文本里的数 {len(listed)} 个，其中 {len(done)} 个由故事从记录里重算。\n\n"
    return head + table(["机制", "重算的", "还没有重算的"], rows)


def _told(ones: list[dict[str, Any]], *, done: bool) -> str:
    return "；".join(one["figure"] for one in ones if ("story" in one) is done) or "—"


def addresses() -> Iterator[tuple[str, str, str]]:
    """Every page by its name, its address, and the right that it needs."""
    yield from _below(get_resolver().url_patterns, "/")


def _below(patterns: list[URLPattern | URLResolver], so_far: str) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        where = so_far + re.sub(r"<\w+:", "<", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield pattern.name or "", where, getattr(pattern.callback, "needs", "")
        elif not pattern.namespace:  # what programs call has a page of its own
            yield from _below(pattern.url_patterns, where)


PAGES = {
    REFERENCE / "permissions.md": {"permissions": permissions},
    REFERENCE / "commands.md": {"commands": commands},
    REFERENCE / "measures.md": {"measures": measures},
    REFERENCE / "presets.md": {"presets": whole_presets, "figures": recomputed},
    REFERENCE / "methods.md": {"methods": methods},
    REFERENCE / "constructs.md": {"constructs_index": index, "constructs": every},
}
"""The pages that hold something printed, and what prints it."""


def printed(page: Path) -> str:
    """A page as it should be."""
    printers = PAGES[page]
    return PRINTED.sub(
        lambda found: f"{found[1]}\n{printers[found[2]]()}\n{found[3]}", text_of(page)
    )


def main() -> None:
    """Write every page that holds something printed."""
    django.setup()
    for page in PAGES:
        page.write_text(printed(page), encoding="utf-8")


if __name__ == "__main__":
    main()
