"""What the manual tells to type does what the manual says, in a directory of its own."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.manual import DOCS, ROOT, text_of

pytestmark = pytest.mark.sqlite

PLACES = ROOT / "places"


def small_staff():
    """The county's staff list with one township and its offices; passwords are hashed the slow way."""
    plan = yaml.safe_load(text_of(PLACES / "qinghe-org.yaml"))
    units = {"township": plan["units"]["township"][:1], "department": plan["units"]["department"]}
    kept = ("place", "units", "people")
    small = {key: value for key, value in (plan | {"units": units}).items() if key in kept}
    return yaml.safe_dump(small, allow_unicode=True)


@pytest.fixture
def desk(tmp_path):
    """An empty directory with a database of its own, and a way to run something in it."""
    tools = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIPANQI_")}
    settings = {
        "YIPANQI_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "yipanqi.settings",
        "PYTHONPATH": str(ROOT),
        "YIPANQI_WITNESS_DIR": str(tmp_path),
    }

    def typed(line):
        program, *rest = shlex.split(line)
        command = [str(tools / Path(program).name), *rest]
        done = subprocess.run(
            command, cwd=tmp_path, env=kept | settings, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return tmp_path, typed


def test_a_real_ledger_is_opened_as_told(desk):
    folder, typed = desk
    page = text_of(DOCS / "how-to" / "open-a-real-place.md")
    command = re.search(r"^\.venv/bin/(yipanqi open .+)$", page, re.MULTILINE)
    assert command
    tasks = re.search(r"```\n(单位,指标,任务数\n.*?)```", page, re.DOTALL)
    assert tasks
    (folder / "任务.csv").write_text(tasks[1], encoding="utf-8")
    shutil.copy(PLACES / "qinghe.yaml", folder / "我县.yaml")
    (folder / "我县-org.yaml").write_text(small_staff(), encoding="utf-8")

    typed("yipanqi setup")
    opened, accounts = typed(command[1])
    verified, findings = typed("yipanqi verify")

    assert (opened, verified) == (0, 0), accounts + findings
    assert "lijing\t李静" in accounts
    assert "演示账本" not in findings


def test_the_commands_of_the_tutorial_run(desk):
    folder, typed = desk
    page = text_of(DOCS / "tutorial" / "first-bulletin.md")
    told = re.findall(r"^\.venv/bin/(yipanqi .+)$", page, re.MULTILINE)

    typed("yipanqi setup")
    loaded, said = typed("yipanqi demo")
    answers = [typed(line) for line in told]
    kept, checkpoint = typed("yipanqi checkpoint")
    against, proof = typed(f"yipanqi verify --against {checkpoint.strip()}")

    assert loaded == 0, said
    assert [code for code, _ in answers] == [0] * len(told), answers
    assert "核验无误" in answers[-1][1]
    assert (kept, against) == (0, 0)
    assert "没有外部存证" in answers[-1][1]
    assert "没有外部存证" not in proof
    assert [path.read_text(encoding="ascii") for path in folder.glob("yipanqi-*.txt")] == [
        checkpoint
    ]
