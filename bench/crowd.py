"""The server as it is run by default: its memory while nobody asks, and eight people asking at once."""

from collections.abc import Iterator
from threading import Thread
from time import perf_counter, sleep

from bench.county import session_of
from bench.items import Figure, summed
from bench.server import Client, Server, serving
from yipanqi.org.models import Person

WORKERS, CLIENTS, EACH = 2, 8, 40
LIST = "/projects/"


def crowded(person: Person) -> Iterator[Figure]:
    """Memory before the first request, then requests a second of the list of projects, then memory."""
    with serving(WORKERS) as server:
        sleep(1)
        yield _memory("内存：空闲的服务", server)
        yield _asked_by_all(server, session_of(person))
        yield _memory("内存：八个人用过以后", server)


def _memory(name: str, server: Server) -> Figure:
    used = server.memory()
    return Figure(
        name=name, who="MiB", limit=200, p50=used, p95=used, cpu=None, judged=used, counts=SERVED
    )


SERVED = f"{WORKERS} 个进程，每个 4 线程"


def _asked_by_all(server: Server, session: str) -> Figure:
    took: list[float] = []
    clients = [Client(server.port, session) for _ in range(CLIENTS)]
    for client in clients:
        client.ask(LIST)
    before = server.cpu()
    threads = [Thread(target=_asked, args=(client, took)) for client in clients]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = perf_counter() - began
    assert len(took) == CLIENTS * EACH, "a request failed"
    one = summed(
        "八个人同时看项目列表", "次/秒", 84, took, (server.cpu() - before) * 1000 / len(took)
    )
    counts = f"每秒 {len(took) / seconds:.1f} 次；{SERVED}"
    return Figure(**{**vars(one), "judged": len(took) / seconds, "more": True, "counts": counts})


def _asked(client: Client, took: list[float]) -> None:
    for _ in range(EACH):
        answer = client.ask(LIST)
        if answer.status == 200:
            took.append(answer.ms)
