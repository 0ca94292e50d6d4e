"""The load maker, a process of its own without Django: reads what to ask on standard input, writes how it went.

Only against 127.0.0.1; bounded in number and time. Each client is a thread with one kept connection.
"""

from __future__ import annotations

import http.client
import itertools
import json
import secrets
import socket
import sys
import threading
import time

HOST = "127.0.0.1"
PATIENCE = 60.0


class Client:
    """One client: a connection that is kept, and what it saw."""

    def __init__(self, asked: dict, numbers, until: float) -> None:
        self.asked, self.numbers, self.until = asked, numbers, until
        self.took: list[float] = []
        self.wrong: list[str] = []
        self.sizes = 0

    def run(self) -> None:
        """Ask until the numbers or the time run out."""
        line = http.client.HTTPConnection(HOST, self.asked["port"], timeout=30)
        line.connect()
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in self.numbers:
            if time.monotonic() > self.until:
                break
            self._ask(line, number)
        line.close()

    def _ask(self, line: http.client.HTTPConnection, number: int) -> None:
        paths = self.asked["paths"]
        body = self.asked.get("body", "").replace("{key}", secrets.token_hex(12)).encode()
        headers = dict(self.asked["headers"])
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        line.request(self.asked["method"], paths[number % len(paths)], body or None, headers)
        answer = line.getresponse()
        content = answer.read()
        self.took.append((time.perf_counter() - began) * 1000)
        self.sizes += len(content)
        if answer.status not in self.asked["expect"]:
            self.wrong.append(f"{answer.status} {paths[number % len(paths)]} {content[:300].decode(errors='replace')}")


def share_of(took: list[float], share: float) -> float:
    """The time that this share of the requests stayed below."""
    return round(took[min(len(took) - 1, int(len(took) * share))], 2) if took else 0.0


def make(asked: dict) -> dict:
    """Put the load on, and say how it went."""
    lock, counter = threading.Lock(), itertools.count(asked.get("first", 0))
    last = asked.get("first", 0) + asked["requests"]

    def numbers():
        while True:
            with lock:
                number = next(counter)
            if number >= last:
                return
            yield number

    until = time.monotonic() + min(asked.get("seconds", PATIENCE), PATIENCE)
    clients = [Client(asked, numbers(), until) for _ in range(asked["clients"])]
    threads = [threading.Thread(target=client.run) for client in clients]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    took = sorted(each for client in clients for each in client.took)
    return {
        "requests": len(took),
        "per_second": round(len(took) / seconds, 1),
        "p10": share_of(took, 0.1), "p50": share_of(took, 0.5), "p95": share_of(took, 0.95),
        "p99": share_of(took, 0.99),
        "most": took[-1] if took else 0.0,
        "bytes": round(sum(client.sizes for client in clients) / max(1, len(took))),
        "wrong": [words for client in clients for words in client.wrong][:3],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(make(json.load(sys.stdin))))
