"""The verifier in a package runs alone: it accepts what was sealed and names whatever was changed."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from yipanqi.publishing.rules.package import VERIFIER

SEALED = Path(__file__).with_name("sealed-sqlite.zip")


def verified(path: Path, *more: str) -> tuple[int, str]:
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


def test_a_package_as_it_was_sealed_is_in_order():
    assert verified(SEALED, "--digest", digest()) == (0, "校验无误\n")


def test_another_digest_than_the_published_is_named():
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
        ("manifest.json", '"cutoff":', '"cutoff":1', "回执的摘要是"),
    ],
)
def test_whatever_was_changed_is_named(tmp_path, name, old, new, words):
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


def test_a_receipt_proves_its_lines_alone(tmp_path):
    assert verified(receipt(tmp_path), "--digest", digest()) == (0, "校验无误\n")


@pytest.mark.parametrize(
    ("part", "words"), [("block", "不符"), ("path", "到不了"), ("manifest", "清单与摘要不符")]
)
def test_a_receipt_that_was_changed_is_named(tmp_path, part, words):
    path = receipt(tmp_path)
    said = json.loads(path.read_text(encoding="utf-8"))
    said[part] = said[part][1:] if part == "path" else said[part] + " "
    path.write_text(json.dumps(said), encoding="utf-8")

    code, told = verified(path)

    assert code == 1
    assert words in told


def test_what_it_cannot_read_it_says(tmp_path):
    path = tmp_path / "other.json"
    path.write_text("[]", encoding="utf-8")

    code, said = verified(path)

    assert code == 1
    assert "读不懂这个文件" in said
