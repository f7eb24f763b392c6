"""A real server in processes of its own, the time that they and the database take, a client."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
TOKEN = "b" * 32
"""Stands in the cookie and in the header: what a browser's page would send back."""


@dataclass(frozen=True)
class Took:
    """How long one request took, in milliseconds, and what came back."""

    ms: float
    status: int
    body: bytes


@contextmanager
def serving(workers: int = 1) -> Iterator["Server"]:
    """Workers with threads, as an office would run them, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gunicorn = Path(sys.executable).parent / "gunicorn"
    process = subprocess.Popen(
        [
            gunicorn,
            "yipanqi.wsgi:application",
            *("--bind", f"127.0.0.1:{port}", "--workers", str(workers)),
            *(
                "--preload",
                "--worker-class",
                "gthread",
                "--threads",
                "4",
                "--keep-alive",
                "60",
                "--log-level",
                "warning",
            ),
        ]
    )
    try:
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(30)


class Server:
    """The server's processes and its backends in the database."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid, self.port = pid, port
        for _ in range(100):
            sleep(0.1)
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                return
            except OSError:
                continue
        raise TimeoutError("the server does not answer")

    def cpu(self) -> float:
        """Seconds of processor time that the worker, its backends and their helpers have taken.

        Helpers of parallel queries are gone when we look; their time is with the database's parent
        process, as is that of anybody else who has left meanwhile.
        """
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            backends = [str(pid) for (pid,) in cursor.fetchall()]
        parents = {_stat(pid)[1] for pid in backends if _stat(pid)}
        own = sum(sum(_stat(pid)[11:13]) for pid in (*workers, *backends))
        gone = sum(sum(_stat(str(parent))[13:15]) for parent in parents)
        return (own + gone) / TICKS

    def memory(self) -> float:
        """MiB of memory of all its processes, what they share counted once."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in (self.pid, *workers)]
        lines = [line.split() for text in rolled for line in text.splitlines()]
        return sum(int(line[1]) for line in lines if line[0] == "Pss:") / 1024


def _stat(pid: str) -> list[int]:
    """The numbers of a process after its name: state, parent …; none where it cannot be seen."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return [0, *map(int, text.rsplit(")", 1)[1].split()[1:20])]


def spent_by(pid: str) -> float:
    """Seconds of processor time of one process."""
    return sum(_stat(pid)[11:13]) / TICKS


class Client:
    """Somebody at a browser that keeps its connection."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Took:
        """One request, from its first byte out to its last byte in."""
        sent = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        began = perf_counter()
        self.connection.request("POST" if body is not None else "GET", path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        return Took((perf_counter() - began) * 1000, response.status, content)
