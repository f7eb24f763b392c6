"""The build fails while the manual is incomplete, speaks of what is not there, or links to nowhere."""

import csv
import importlib
import io
import pkgutil
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db.models import TextChoices

import yipanqi
from tests.manual import DOCS, PAGES, REFERENCE, ROOT, addresses, printed, terms, text_of, verbs
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.cli import parser
from yipanqi.cli.demo.county import SEED
from yipanqi.cli.demo.samples import write_ledger
from yipanqi.cli.founding import PASSWORD
from yipanqi.documents.imports.rules.reading import read_ledger
from yipanqi.org.rules import Can
from yipanqi.place.rules import REQUIRED, Node, NotYet, Requirement
from yipanqi.standing.measures.words import CHOICES, MAY, SCALES, WANTS

CHINESE = re.compile(r"[（(]([^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PUBLIC_HOSTS = re.compile(
    r"(127\.0\.0\.1|localhost|testserver|0\.0\.0\.0|www\.w3\.org|\{.*"
    r"|(.+\.)?(openxmlformats|microsoft|openoffice|opendocument|apache|python|gov|purl)\.(org|com|cn)"
    r"|(.+\.)?example(\.\w+)*|github\.com|opencollective\.com|docs\.oasis-open\.org)"
)
FORBIDDING = {Path(__file__), ROOT / "tests" / "test_house_rules.py"}
BINARY = (".png", ".jpg", ".xlsx", ".xls", ".ods", ".docx", ".et", ".pdf", ".mo", ".woff2", ".zip")


def tracked() -> list[Path]:
    """Everything that belongs to the project, also what is not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of the project that can be read as text, but those that name what they forbid."""
    for path in tracked():
        if path.suffix.lower() not in BINARY and path not in FORBIDDING:
            yield path, path.read_text(encoding="utf-8", errors="replace")


PROSE = sorted(path for path in tracked() if path.suffix == ".md")
MANUAL = [path for path in PROSE if DOCS in path.parents or path.parent == ROOT]


def code_words(page: Path) -> set[str]:
    """Everything that a page sets in code."""
    return set(re.findall(r"`([^`\n]+)`", text_of(page)))


def name_of(path: Path) -> str:
    """A page as its failure is told."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_printed_from_the_code_is_up_to_date(page):
    assert text_of(page) == printed(page), "run: .venv/bin/python -m tests.manual"


def test_every_setting_is_in_the_manual_and_no_other():
    code = [text for path, text in texts() if path.suffix != ".md"]
    named = {name for text in code for name in re.findall(r"\bYIPANQI_[A-Z_]+\b", text)}

    told = set(re.findall(r"^\| `(YIPANQI_\w+)`", text_of(REFERENCE / "settings.md"), re.MULTILINE))

    assert told == named


def test_every_verb_and_argument_has_its_words():
    for name, says, verb in verbs():
        assert says, name
        assert [a.dest for a in verb._actions if not a.help] == [], name


def test_every_page_is_in_the_manual_with_its_address_and_right():
    called = {code: chinese for chinese, _, code in terms()}
    pages = {
        f"| `{where}` | `{name}` | {called.get(f'Can.{right}', '—')} |"
        for name, where, right in addresses()
    }

    rows = re.findall(r"\| `/.*$", text_of(REFERENCE / "pages.md"), re.MULTILINE)

    assert sorted(rows) == sorted(pages)


def keys_in(value: object) -> Iterator[str]:
    """Every key of a page of settings; names of units and people are no keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key).isascii():
                yield str(key)
            yield from keys_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def test_every_key_of_a_place_is_in_the_manual():
    files = sorted((ROOT / "places").glob("*.yaml"))
    used = {key for path in files for key in keys_in(yaml.safe_load(text_of(path)))}
    known = {field.name for kind in (Node, Requirement, NotYet) for field in fields(kind)}
    wanted = {key for keys in REQUIRED.values() for key in keys}

    told = code_words(REFERENCE / "place-settings.md")

    assert sorted((used | known | wanted | REQUIRED.keys()) - told) == []


def test_every_word_of_a_measure_is_in_the_manual():
    conditions = {word for words in (*WANTS.values(), *MAY.values()) for word in words}
    choices = {choice for known in CHOICES.values() for choice in known}

    told = code_words(REFERENCE / "measures.md")

    words = {*WANTS, *conditions, *choices, *SCALES}
    assert sorted(words - told) == []


def test_every_function_of_formulas_is_in_the_manual():
    told = re.findall(r"^\| (\S+) \|", text_of(REFERENCE / "formulas.md"), re.MULTILINE)

    assert sorted(set(FUNCTIONS) - set(told)) == []


def choices() -> list[type[TextChoices]]:
    """Every enumeration whose labels people read."""
    for module in pkgutil.walk_packages(yipanqi.__path__, "yipanqi."):
        if re.search(r"\.(rules|models)(\.|$)", module.name):
            importlib.import_module(module.name)
    mine = [kind for kind in TextChoices.__subclasses__() if kind.__module__.startswith("yipanqi")]
    return sorted(mine, key=lambda kind: kind.__qualname__)


def test_every_label_has_its_line_among_the_terms():
    called = {code: chinese for chinese, _, code in terms()}
    chinese = set(called.values()) | {word for word, _, _ in terms()}

    for kind in choices():
        for member in kind:
            code = f"{kind.__name__}.{member.value}"
            if member.value:
                assert called.get(code) == str(member.label), code
            assert str(member.label) in chinese, code


def test_every_right_has_its_line_among_the_terms():
    codes = {code for _, _, code in terms()}

    assert sorted({f"Can.{right.value}" for right in Can} - codes) == []
    assert (
        sorted(code for code in codes if code.startswith("Can.") and code[4:] not in set(Can)) == []
    )


def test_every_model_is_called_what_the_terms_call_it():
    called = {code: chinese for chinese, _, code in terms()}
    mine = [m for m in apps.get_models() if m.__module__.startswith("yipanqi.")]

    for model in mine:
        if found := CHINESE.search((model.__doc__ or "").splitlines()[0]):
            assert called.get(model.__name__) == found[1], model.__name__


def test_one_english_word_means_one_thing():
    english = [word for _, word, _ in terms() if word != "English" and not word.startswith("-")]

    twice = {word for word in english if english.count(word) > 1}
    assert twice - {"leader"} == set()


def anchors(page: Path) -> set[str]:
    """The places within a page that a link may point to."""
    heads = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PROSE, ids=name_of)
def test_links_lead_somewhere(page):
    prose = FENCED.sub("", text_of(page))

    for link in LINK.findall(prose):
        where, _, anchor = link.partition("#")
        if ":" in where:
            continue
        target = (page.parent / where).resolve() if where else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_manual_lists_every_page():
    index = DOCS / "README.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(text_of(index))}

    missing = {path for path in DOCS.rglob("*.md") if path != index} - linked
    assert sorted(map(name_of, missing)) == []


def commands_of(page: Path) -> list[str]:
    """The commands that a page tells to run."""
    blocks = [block for kind, block in FENCED.findall(text_of(page)) if kind in {"", "sh"}]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.search(r"(^|[\s/])(make|yipanqi) \w", line)]


def test_both_readmes_tell_the_same_commands():
    english, chinese = commands_of(ROOT / "README.md"), commands_of(ROOT / "README.zh.md")

    assert english == chinese
    assert english[:2] == ["make run", "make test"]


def test_make_knows_what_the_manual_tells_to_make():
    targets = set(re.findall(r"^([\w-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    told = {name for page in MANUAL for name in re.findall(r"`make (\w+)`", text_of(page))}
    run = {
        line.split("make ")[1] for page in MANUAL for line in commands_of(page) if "make " in line
    }

    assert told | run <= targets


@pytest.mark.parametrize("page", MANUAL, ids=name_of)
def test_the_one_command_understands_what_the_manual_tells_to_type(page):
    for line in commands_of(page):
        _, found, typed = line.partition("yipanqi ")
        if found and "make" not in line and not typed.startswith("&&"):
            typed = line.rpartition("yipanqi ")[2]
            assert parser().parse_args(shlex.split(typed, comments=True)).verb


def test_the_tutorial_tells_what_the_demonstration_holds(tmp_path):
    tutorial = text_of(DOCS / "tutorial" / "first-bulletin.md")
    ledger = write_ledger(tmp_path, seed=SEED)
    reading = read_ledger(ledger, kind=None, as_of=date(2026, 11, 20))
    staff = text_of(ROOT / "places" / "qinghe-org.yaml")

    wrong = {total.cell: total for total in reading.totals if total.printed != total.computed}
    for account, who in re.findall(r"^\| `([\w.]+)` \| (\w+)，", tutorial, re.MULTILINE):
        assert f"{{account: {account}, name: {who}," in staff
    assert ledger.name.removesuffix(".xlsx") in tutorial
    rows = {str(row.values.get("name")) for row in reading.rows}
    told = set(re.findall(r"“([^”]+项目)”", tutorial))
    assert told - rows <= {"云岭食品马铃薯全产业链项目"}
    assert f"B36 写的是 {wrong['B36'].printed} 个，逐行数是 {wrong['B36'].computed} 个" in tutorial
    assert PASSWORD in tutorial
    assert f"青山镇：**{published('青山镇')} 分**" in tutorial


def published(holder: str) -> str:
    """The points of a holder as worked out by hand."""
    rows: list[dict[str, Any]] = list(
        csv.DictReader(io.StringIO(text_of(ROOT / "methods" / "county-a" / "published.csv")))
    )
    return str(next(row for row in rows if holder in row.values())["总分"])


WORKPLACE = re.compile(
    r"/work/|/root/|/opt/(pypi|wheels)|\b(claude|anthropic|openai|codex|copilot|chatgpt|llm)\b"
    r"|\b(artifactory|jfrog|devpi|nexus)\b|\bAI[- ]assist",
    re.IGNORECASE,
)


def test_nothing_speaks_of_where_or_with_what_it_was_written():
    for path, text in texts():
        assert not (found := WORKPLACE.search(text)), f"{name_of(path)}: {found[0]}"
        if path.suffix == ".md":
            assert not re.search(r"\bsessions?\b", text, re.IGNORECASE), name_of(path)


def test_no_host_is_named_that_is_not_public():
    for path, text in texts():
        hosts = re.findall(r"https?://(?:[\w.-]*@)?([^\s/:\"'`<>)\\]+)", text)
        unknown = [host for host in hosts if not PUBLIC_HOSTS.fullmatch(host)]
        assert unknown == [], name_of(path)
