"""What the house promises and no linter knows."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

import yipanqi
from tests.helpers import guarded_tables
from yipanqi.ledger.models import fact_models

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "yipanqi"
MODULES = [
    *("ledger", "jobs", "org", "lists", "place", "standing", "assessment", "course", "publishing"),
    *("dispatch", "documents", "dashboards"),
]
ROOMS = {
    *("rules", "models", "reads", "actions", "forms", "factories", "views", "api", "urls"),
    *("templates", "migrations", "tests", "static"),
}
EXTRA_ROOMS = {
    "ledger": {"guards"},  # the triggers that keep the promise of the ledger
    "org": {"access"},  # the only gates
    "standing": {
        "access",
        "measures",
        "shell",
    },  # what a request is about; what is counted; the frame
}
OPEN_TO_ALL = {"account_login", "account_logout", "account_inactive", "start", "set_language"}
WRITING = {
    *("create", "save", "update", "delete", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "_raw_delete"),
}
WRITERS = {
    "ledger/models.py close": "intervals are ended by actions through this one question",
    "cli/scale/pouring.py": "the benchmark county is poured in, a fact at a time would take days",
    "cli/founding.py": "the demonstration's passwords; the ledger vouches for no password",
    "cli/opening.py": "everybody's first password; the ledger vouches for no password",
}
EDGE = re.compile(r"/(views|api|cli)/|/(views|api|shell|clock|wsgi)\.py$")
CLOCKS = {"now", "today", "localdate", "localtime", "utcnow"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, USUAL_FUNCTION = 300, 40, 120, 20


@cache
def sources() -> dict[str, ast.Module]:
    """Every Python file of ours outside tests and migrations, by its path below yipanqi."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts)
    }


def our_files() -> list[Path]:
    """Every file of the repository that is written by hand."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Calls with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def modules(package: ModuleType = yipanqi) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not re.search(r"\.(tests|migrations|settings|wsgi)\b", found.name):
            yield importlib.import_module(found.name)


def pages(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every address for browsers; those for programs stand under a name of their own."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.namespace != "api":
            yield from pages(pattern.url_patterns)


def test_every_page_says_who_may_use_it():
    unguarded = {
        pattern.name
        for pattern in pages(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "needs")
    }

    assert unguarded == OPEN_TO_ALL


def test_every_call_of_the_api_says_who_may_make_it():
    api = importlib.import_module("yipanqi.api").api
    open_calls = [
        f"{method} {path}"
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if not hasattr(operation.view_func, "needs")
    ]

    assert open_calls == []


def test_only_actions_write():
    writing = [
        f"{name}:{call.lineno} {ast.unparse(call.func)}"
        for name, tree in sources().items()
        if not re.search(r"/actions(\.py|/)", name)
        for function in functions(tree)
        for call, called in calls(function)
        if called in WRITING
        and _on_a_table(call)
        and not {name, f"{name} {function.name}"} & set(WRITERS)
    ]

    assert writing == []


def _on_a_table(call: ast.Call) -> bool:
    """Whether it is asked of a manager or of a query; dictionaries and documents have such words too."""
    return bool(
        re.search(r"\b(objects|_default_manager|current\(\)|filter\()", ast.unparse(call.func))
    )


def test_the_clock_is_read_at_the_edge_and_passed_in():
    reading = [
        f"{name}:{call.lineno} {ast.unparse(call)}"
        for name, tree in sources().items()
        if not EDGE.search(f"/{name}")
        for call, called in calls(tree)
        if called in CLOCKS and not call.args and not call.keywords
    ]

    assert reading == []


def test_files_functions_and_templates_stay_short():
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in our_files()
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    }
    long = [
        f"{path.relative_to(ROOT)} {size}"
        for path, size in sizes.items()
        if size > (LONGEST_TEMPLATE if path.suffix == ".html" else LONGEST_FILE)
    ]

    assert long == []


def test_functions_stay_short_and_nine_in_ten_very_short():
    lengths = {
        f"{name}:{function.lineno} {function.name}": _length(function)
        for name, tree in sources().items()
        for function in functions(tree)
    }

    assert [name for name, length in lengths.items() if length > LONGEST_FUNCTION] == []
    assert sum(n <= USUAL_FUNCTION for n in lengths.values()) >= 0.9 * len(lengths)


def _length(function: ast.FunctionDef) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def test_every_module_model_action_and_rule_says_what_it_promises():
    silent = [
        f"{module.__name__}.{name}"
        for module in modules()
        if re.search(r"\.(rules|actions|models|reads|measures)\b", module.__name__)
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and getattr(thing, "__module__", "") == module.__name__
        and (inspect.isfunction(thing) or inspect.isclass(thing))
        and not _says_something(thing)
    ]

    assert silent == []


def _says_something(thing: object) -> bool:
    name = getattr(thing, "__name__", "")
    if name.endswith(("QuerySet", "Manager")) or isinstance(thing, type(Exception)):
        return bool(thing.__doc__) or name.endswith(("QuerySet", "Manager"))
    return bool(vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__)


def test_every_file_says_what_it_is_for():
    silent = [name for name, tree in sources().items() if tree.body and not ast.get_docstring(tree)]

    assert silent == []


def test_every_kind_of_fact_only_grows():
    tables = {model._meta.db_table for model in fact_models()}

    assert tables - set(guarded_tables()) == set()
    assert "ledger_entry" in guarded_tables()


@pytest.mark.django_db
def test_every_table_is_known_to_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_of_ours_belongs_to_a_module_that_may_have_tables():
    assert not list(apps.get_app_config("core").get_models())


@pytest.mark.parametrize("module", [*MODULES, "facts"])
def test_a_module_has_no_room_that_nobody_knows(module):
    rooms = {
        path.stem
        for house in _houses(SOURCE / module)
        for path in house.iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("__")
    }

    assert rooms - ROOMS - EXTRA_ROOMS.get(module, set()) == set()


def _houses(place: Path) -> list[Path]:
    """A module, or the modules of which it is made."""
    if (place / "models.py").exists() or (place / "rules.py").exists():
        return [place]
    inner = [child for child in place.iterdir() if (child / "__init__.py").exists()]
    return [place] if any(child.name in ROOMS for child in inner) else inner


@pytest.mark.parametrize("path", ["/work/" + "shared", "/work/" + "main"])
def test_nothing_tells_of_the_machine_it_was_written_on(path):
    telling = [
        str(file.relative_to(ROOT)) for file in our_files() if path.encode() in file.read_bytes()
    ]

    assert telling == []
