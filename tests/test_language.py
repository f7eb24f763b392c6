"""Chinese and English: one catalogue, complete, level with the sources; one switch."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.messages import (
    SOURCE,
    WORDS,
    extracted,
    forms,
    identity,
    kept,
    messages,
    placeholders,
)

HAN = re.compile(r"[\u4e00-\u9fff]")
OWN_LANGUAGE = {
    "cli/": "who types commands reads the manual, which is Chinese",
    "settings.py": "the same",
    "assessment/rules/": "a method is Chinese text with Chinese formulas, and so is what is said of it",
    "documents/imports/": "what is said of a ledger sheet is kept with the sheet",
    "documents/papers/reads.py": "official papers are Chinese",
    "documents/papers/rules/": "the same",
    "documents/papers/views.py": "the same",
    "documents/personal/reads/pledges.py": "the same",
    "documents/personal/reads/paper.py": "the same",
    "documents/results/reads/papers.py": "the same",
    "publishing/rules/words.py": "the same",
    "publishing/actions/sealing.py": "numbers of documents are Chinese",
    "publishing/rules/proving.py": "what verify prints",
    "publishing/rules/verify_seal.py": "who checks a package has no catalogue",
    "dispatch/": "the same",
    "facts/pledges/actions.py": "the same",
    "assessment/models.py": "bulletins name their method",
    "ledger/": "what verify prints",
    "standing/forms/fields.py": "what is typed: 3.6亿, 30亩",
    "org/rules/roster.py": "headings of a staff list",
    "org/reads.py": "the same",
    "org/actions/loading.py": "the same",
    "place/rules/indicators.py": "units of measure and names of indicators are data",
    "place/rules/reading.py": "the same",
    "facts/outside/rules.py": "the same",
    "standing/reads/history_words.py": "the same",
    "standing/reads/plans.py": "the same",
    "core/numbers.py": "the units of Chinese, beside those of English",
}
"""Where Chinese is not a message, and why. Proofs are printed by verify, `api` describes itself."""

ELSEWHERE = re.compile(r"(^|/)(tests|migrations|api)/|(^|/)(api|factories)\.py$|proof")
TRANSLATED = re.compile(
    r"{#.*?#}|{% comment.*?{% endcomment %}|{% ?blocktranslate.*?{% ?endblocktranslate ?%}"
    r"|{% ?translate .*?%}|_\(\"[^\"]*\"\)|<(\w+)[^>]* lang=\"zh\".*?</\1>",
    re.DOTALL,
)


def test_english_puts_in_what_the_chinese_puts_in():
    wrong = [
        identity(message)[1]
        for message in messages(kept()).values()
        for said in forms(message)
        if said and placeholders(said) != placeholders(identity(message)[1])
    ]

    assert wrong == []


def test_every_message_is_there_in_english():
    """`python -m tests.messages` writes what is new into the catalogue and drops what is gone."""
    known = messages(kept())

    assert set(messages(extracted())) == set(known)
    assert [key for key, message in known.items() if not all(forms(message))] == []


def test_chinese_that_people_read_is_wrapped_for_translation():
    bare = [
        f"{name}:{node.lineno} {text}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not ELSEWHERE.search(name := path.relative_to(SOURCE).as_posix())
        and not name.startswith(tuple(OWN_LANGUAGE))
        for node, text in _bare(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert bare == []


def _bare(tree: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    """Chinese texts within functions that no call of gettext takes."""
    within = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    taken = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in WORDS
        for part in ast.walk(call)
    }
    for function in within:
        said = {id(node.value) for node in ast.walk(function) if isinstance(node, ast.Expr)}
        for node in ast.walk(function):
            if not isinstance(node, ast.Constant) or id(node) in taken | said:
                continue
            if isinstance(node.value, str) and HAN.search(node.value):
                yield node, node.value


def test_templates_have_no_bare_chinese():
    bare = [
        f"{path.name}: {line.strip()[:80]}"
        for path in sorted(SOURCE.rglob("templates/**/*.html"))
        for line in TRANSLATED.sub("", path.read_text(encoding="utf-8")).splitlines()
        if HAN.search(line)
    ]

    assert bare == []


def test_no_translation_is_a_guess():
    assert [key for key, message in messages(kept()).items() if message.fuzzy] == []


@pytest.mark.django_db
def test_who_is_not_signed_in_switches_the_language_and_comes_back():
    client = Client(headers={"accept-language": "zh-CN"})

    chinese = client.get("/accounts/login/?next=/projects/")
    switched = client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    english = client.get("/accounts/login/")

    assert '<html lang="zh-hans">' in chinese.content.decode()
    assert "登录" in chinese.content.decode()
    assert switched.headers["Location"] == "/accounts/login/"
    assert '<html lang="en">' in english.content.decode()
    assert "Sign in" in english.content.decode()


@pytest.mark.django_db
def test_a_browser_that_asks_for_english_is_answered_in_english():
    client = Client(headers={"accept-language": "en-GB,en;q=0.9"})

    page = client.get("/accounts/login/").content.decode()

    assert "Sign in" in page
