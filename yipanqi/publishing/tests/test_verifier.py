"""The verifier in a package runs alone: it accepts what was sealed and names whatever was changed."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yipanqi.publishing.rules.package import VERIFIER
from yipanqi.publishing.rules.verify_seal import main, place_problems, total_problems

SEALED = Path(__file__).with_name("sealed-sqlite.zip")


def alone(path: Path, *more: str) -> tuple[int, str]:
    """What the verifier says of a file, run as somebody would who has nothing but Python."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(path), *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def verified(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The same from within, so that each of its lines is walked."""

    def run(path: Path, *more: str) -> tuple[int, str]:
        code = main([str(path), *more])
        return code, capsys.readouterr().out

    return run


def repacked(tmp_path: Path, name: str, change: Any) -> Path:
    """The package with one of its files changed."""
    made = tmp_path / "changed.zip"
    with zipfile.ZipFile(SEALED) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            text = old.read(each).decode()
            new.writestr(each, change(text) if each == name else text)
    return made


def digest() -> str:
    """The digest of the package's seal, as its receipts say it."""
    with zipfile.ZipFile(SEALED) as package:
        receipt = next(n for n in package.namelist() if n.startswith("receipts/"))
        return str(json.loads(package.read(receipt))["digest"])


def test_a_package_as_it_was_sealed_is_in_order(verified):
    assert verified(SEALED, "--digest", digest()) == (0, "校验无误\n")


def test_another_digest_than_the_published_is_named(verified):
    code, said = verified(SEALED, "--digest", "0" * 64)

    assert code == 1
    assert "清单的摘要是" in said


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("inputs.json", '"签约数":"1"', '"签约数":"9"', "inputs_digest 与内容不符"),
        ("inputs.json", "decimals: 2", "decimals: 3", "method_digest 与内容不符"),
        ("output.json", '"place":1', '"place":2', "名次应是 1，写的是 2"),
        ("output.json", '"total":"', '"total":"1', "各项合计"),
        ("manifest.json", '"holders":', '"holders":1', "合不成清单上的根"),
        ("manifest.json", '"cutoff":', '"cutoff":1', "回执的摘要是"),
    ],
)
def test_whatever_was_changed_is_named(verified, tmp_path, name, old, new, words):
    code, said = verified(
        repacked(tmp_path, name, lambda text: text.replace(old, new, 1)),
    )

    assert code == 1
    assert words in said


def receipt(tmp_path: Path) -> Path:
    with zipfile.ZipFile(SEALED) as package:
        name = sorted(n for n in package.namelist() if n.startswith("receipts/"))[0]
        path = tmp_path / "receipt.json"
        path.write_bytes(package.read(name))
    return path


def test_a_receipt_proves_its_lines_alone(verified, tmp_path):
    assert verified(receipt(tmp_path), "--digest", digest()) == (0, "校验无误\n")


@pytest.mark.parametrize(
    ("part", "words"), [("block", "不符"), ("path", "到不了"), ("manifest", "清单与摘要不符")]
)
def test_a_receipt_that_was_changed_is_named(verified, tmp_path, part, words):
    path = receipt(tmp_path)
    said = json.loads(path.read_text(encoding="utf-8"))
    said[part] = said[part][1:] if part == "path" else said[part] + " "
    path.write_text(json.dumps(said), encoding="utf-8")

    code, told = verified(path)

    assert code == 1
    assert words in told


def test_what_it_cannot_read_it_says(verified, tmp_path):
    path = tmp_path / "other.json"
    path.write_text("[]", encoding="utf-8")

    code, said = verified(path)

    assert code == 1
    assert "读不懂这个文件" in said


def test_it_runs_alone_with_nothing_but_python(tmp_path):
    assert alone(SEALED, "--digest", digest()) == (0, "校验无误\n")
    assert alone(receipt(tmp_path)) == (0, "校验无误\n")
    code, said = alone(
        repacked(tmp_path, "output.json", lambda t: t.replace('"place":1', '"place":2', 1))
    )
    assert code == 1
    assert "名次应是 1" in said


def placed(ties: str, *rows: tuple[str | None, int | None, list[str | None]]) -> list[str]:
    told = [
        {"holder": f"{n}", "total": total, "place": place, "parted": parted}
        for n, (total, place, parted) in enumerate(rows)
    ]
    return list(place_problems(told, "total", ties, "组"))


def test_places_follow_from_totals_by_the_stated_ties():
    assert (
        placed("skip", ("9", 1, []), ("7", 2, []), ("7", 2, []), ("5", 4, []), (None, None, []))
        == []
    )
    assert placed("dense", ("9", 1, []), ("7", 2, []), ("7", 2, []), ("5", 3, [])) == []
    assert placed("skip", ("7", 1, ["3"]), ("7", 2, ["2"]), ("5", 3, [None])) == []
    assert placed("skip", ("7", 1, ["3"]), ("7", 1, [None])) == []
    assert len(placed("skip", ("7", 1, ["3"]), ("7", 1, ["2"]))) == 1
    assert (
        list(
            place_problems(
                [{"holder": "甲", "value": "1", "place": 1}],
                "value",
                "skip",
                "榜",
                high_first=False,
            )
        )
        == []
    )


def test_a_total_is_there_exactly_when_every_line_has_points():
    row = {"holder": "甲", "vetoed": [], "lines": [{"points": "1"}, {"points": None}]}

    assert list(total_problems({**row, "total": None})) == []
    assert list(total_problems({**row, "total": None, "lines": [{"points": "1"}]})) != []
