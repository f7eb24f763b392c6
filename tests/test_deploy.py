"""What a county's machine is installed from: the units name what exists, and an archive needs no network."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.manual import REFERENCE, ROOT, text_of, verbs

DEPLOY = ROOT / "deploy"


def test_the_units_run_verbs_that_exist():
    run = {
        verb
        for unit in DEPLOY.glob("*.service")
        for verb in re.findall(r"/bin/yipanqi (\w+)", text_of(unit))
    }

    assert run == {"run", "tick", "backup", "checkpoint"}
    assert run <= {name for name, _, _ in verbs()}


def test_the_settings_laid_out_for_a_machine_are_in_the_manual():
    named = set(re.findall(r"YIPANQI_\w+", text_of(DEPLOY / "yipanqi.env")))

    assert named <= set(re.findall(r"`(YIPANQI_\w+)`", text_of(REFERENCE / "settings.md")))


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_every_script_can_be_read_by_a_plain_shell(script):
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_every_timer_belongs_to_a_unit():
    timers = {path.stem for path in DEPLOY.glob("*.timer")}

    assert timers
    assert timers <= {path.stem for path in DEPLOY.glob("*.service")}


@pytest.mark.nightly
@pytest.mark.sqlite
def test_an_archive_installs_and_serves_where_there_is_no_network(tmp_path):
    binaries = Path(sys.executable).parent
    subprocess.run(
        ["sh", DEPLOY / "archive.sh"],
        cwd=ROOT,
        env={**os.environ, "BIN": str(binaries)},
        check=True,
    )
    made = max((ROOT / "dist").glob("*.tar.gz"), key=os.path.getmtime)
    subprocess.run(["tar", "-xzf", made, "-C", tmp_path], check=True)
    clean = {"PATH": os.environ["PATH"], "PREFIX": str(tmp_path / "opt"), "HOME": str(tmp_path)}
    script = next(tmp_path.glob("yipanqi-*/install.sh"))
    offline = ["unshare", "--net"] if os.geteuid() == 0 else []
    subprocess.run([*offline, "sh", script], env=clean, check=True)

    server = subprocess.Popen(
        [tmp_path / "opt/.venv/bin/yipanqi", "run", "--bind", "127.0.0.1:8117"],
        env={**clean, "YIPANQI_VAR": str(tmp_path / "var")},
    )
    try:
        assert _first_page("http://127.0.0.1:8117/accounts/login/") == 200
    finally:
        server.terminate()
        server.wait(timeout=20)


def _first_page(address: str) -> int:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2) as page:
                return int(page.status)
        except OSError:
            time.sleep(0.3)
    raise AssertionError("nobody answers")
