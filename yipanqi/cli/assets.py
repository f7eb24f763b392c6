"""Makes ready what pages need beside Python: other people's style sheets and icons, the English words."""

import argparse
import re

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from yipanqi.settings import ROOT

MODULES = ROOT.parent / "node_modules"
ENGLISH = ROOT / "core" / "locale" / "en" / "LC_MESSAGES"
VENDOR = ROOT / "core" / "static" / "vendor"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/icons/LICENSE": "icons-LICENSE",
    "echarts/dist/echarts.simple.min.js": "echarts.js",
    "echarts/LICENSE": "echarts-LICENSE",
    "echarts/NOTICE": "echarts-NOTICE",
}
"""What is copied, and under which name."""

ICONS = (
    "adjustments",
    "alert-triangle",
    "bookmark",
    "book-2",
    "calendar-stats",
    "checklist",
    "chevron-down",
    "download",
    "edit",
    "file-import",
    "file-text",
    "flag",
    "gavel",
    "history",
    "home",
    "key",
    "layout-kanban",
    "list",
    "logout",
    "menu-2",
    "paperclip",
    "plus",
    "printer",
    "route",
    "scale",
    "search",
    "sitemap",
    "speakerphone",
    "stack-2",
    "target",
    "trophy",
    "user",
    "users",
    "writing-sign",
)
"""Every icon that a template names; a page asks for one file for all of them."""

DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`yipanqi assets`."""
    parser = subparsers.add_parser(
        "assets", help="把样式与图标从 node_modules 复制到静态目录，并编译英文词条"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copy the listed files, draw the icons' one sheet, compile the catalogue; may be run twice."""
    messages = compile_catalogue()
    missing = [name for name in FILES if not (MODULES / name).exists()]
    if missing:
        print(f"node_modules 里缺少 {'、'.join(missing)}，请先运行 npm ci")
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in FILES.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (VENDOR / target).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    (VENDOR / "icons.svg").write_text(sprite(ICONS), encoding="utf-8")
    print(f"已复制 {len(FILES)} 个文件、{len(ICONS)} 个图标到 {VENDOR}，编译词条 {messages} 条")
    return 0


def compile_catalogue() -> int:
    """Turn the English catalogue into the form that gettext reads; how many messages it has."""
    with (ENGLISH / "django.po").open("rb") as source:
        catalog = read_po(source, locale="en")
    with (ENGLISH / "django.mo").open("wb") as target:
        write_mo(target, catalog)
    return len(catalog)


def sprite(names: tuple[str, ...]) -> str:
    """One drawing that holds every icon under its name."""
    symbols = "".join(_symbol(name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(name: str) -> str:
    page = MODULES / "@tabler/icons/icons/outline" / f"{name}.svg"
    drawing = DRAWING.search(page.read_text(encoding="utf-8"))
    assert drawing is not None, name
    strokes = " ".join(drawing[1].split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{strokes}</symbol>'
    )
