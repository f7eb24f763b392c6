"""The demonstration, served once for all tests that look at it through a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import CHROMIUM, Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo county served as `make run` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    kept = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "YIPANQI_VAR": str(kept)}
    yipanqi = str(Path(sys.executable).parent / "yipanqi")
    command = [yipanqi, "run", "--demo", "--bind", bind]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{bind}/accounts/login/", timeout=2).close()
            break
        except OSError:
            time.sleep(0.5)
    yield Site(f"http://{bind}", kept)
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its module: while it is open, its event loop keeps others from the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()
