"""What is measured. Each measure takes the bench and returns plain figures."""

from __future__ import annotations

import gzip
import re
import statistics

from benchmarks.bench import Bench, Town
from benchmarks.pairs import Errand, Pair, headers, pairs
from benchmarks.server import Server, load

ROUNDS = {True: 2, False: 3}
WRITERS = {True: 160, False: 480}


class Spent:
    """How many of the paths that can be asked only once are used up."""

    def __init__(self, kept: int = 1) -> None:
        self.first = kept

    def take(self, count: int) -> int:
        """Where the next ``count`` begin."""
        first, self.first = self.first, self.first + count
        return first


def ask(server: Server, town: Town, errand: Errand, clients: int, count: int) -> dict:
    """Let ``clients`` run an errand ``count`` times."""
    return load(
        server, clients=clients, requests=count, method=errand.method, paths=errand.paths, body=errand.body,
        headers=headers(town.cast, errand.who), expect=[200, 201, 302, 303],
        first=town.spent.take(count) if errand.is_spent else 0,
    )  # fmt: skip


def rounds_of(bench: Bench, server: Server, town: Town, pair: Pair, clients: int) -> dict:
    """Interleaved rounds of the three sides; the middle of each figure, and of the ratios within the rounds."""
    count = pair.requests // 3 if bench.is_quick else pair.requests
    rounds = []
    for number in range(-1, ROUNDS[bench.is_quick]):
        sides = {side: ask(server, town, pair.side(side), clients, 10 if number < 0 else count) for side in pair.sides}
        if number >= 0:
            rounds.append(sides)

    def middle(side: str, figure: str) -> float:
        return round(statistics.median(each[side][figure] for each in rounds), 2)

    def ratio(figure: str) -> float:
        return round(statistics.median(each["ours"][figure] / max(each["base"][figure], 0.01) for each in rounds), 2)

    figures = ("cpu_ms", "p10", "p50", "p95", "per_second", "bytes")
    return {
        **{side: {figure: middle(side, figure) for figure in figures} for side in pair.sides},
        "ratio_cpu": ratio("cpu_ms"), "ratio_wall": ratio("p10" if clients == 1 else "p50"), "target": pair.target,
    }  # fmt: skip


def against_baseline(bench: Bench) -> dict:
    """Create, list, show, change: ours against the baseline, with one client and with eight."""
    town = bench.town("small")
    with bench.server(town) as server:
        found = {}
        for pair in pairs(town.cast, town.waiting()):
            found[pair.name] = {f"{clients} clients": rounds_of(bench, server, town, pair, clients)
                                for clients in (1, 8)}  # fmt: skip
        return found


def eight_writers(bench: Bench) -> dict:
    """Eight clients that all file reports: how long the slowest hundredth waits, and what the lock is held."""
    town = bench.town("small")
    found = {}
    with bench.server(town) as server:
        pair = pairs(town.cast, town.waiting())[0]
        for side in ("base", "ours"):
            ask(server, town, pair.side(side), 8, 40)
            server.turns()
            made = ask(server, town, pair.side(side), 8, WRITERS[bench.is_quick])
            turns = server.turns()
            made |= {name: spread(turns[name]) for name in turns}
            found[side] = made
    return found | {"target_p99": 100, "target_hold": 10}


def spread(values: list[float]) -> dict[str, float]:
    """The middle, the upper shares and the most of some times in milliseconds."""
    known = sorted(values) or [0.0]
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(known[min(len(known) - 1, int(len(known) * share))], 2) for name, share in shares.items()} | {
        "most": round(known[-1], 2)
    }


def growth(bench: Bench) -> dict:
    """The same errands in a town of 1,000 and in one of 100,000 reports, round by round."""
    small, large = bench.town("small"), bench.town("large")
    found = {}
    with bench.server(small) as near, bench.server(large) as far:
        both = [(near, small, pairs(small.cast, small.waiting())), (far, large, pairs(large.cast, large.waiting()))]
        for place in range(len(both[0][2])):
            found[both[0][2][place].name] = _grown(bench, both, place)
    return found | {"target": 1.2}


def _grown(bench: Bench, both: list, place: int) -> dict:
    """One errand in both towns."""
    costs: list[tuple[float, float]] = []
    walls: list[tuple[float, float]] = []
    for number in range(-1, ROUNDS[bench.is_quick]):
        made = []
        for server, town, listed in both:
            pair = listed[place]
            made.append(ask(server, town, pair.ours, 1, 10 if number < 0 else max(20, pair.requests // 2)))
        if number >= 0:
            costs.append((made[0]["cpu_ms"], made[1]["cpu_ms"]))
            walls.append((made[0]["p10"], made[1]["p10"]))
    return {
        "cpu_ms": [statistics.median(each[side] for each in costs) for side in (0, 1)],
        "p10": [statistics.median(each[side] for each in walls) for side in (0, 1)],
        "ratio_cpu": round(statistics.median(many / few for few, many in costs), 2),
        "ratio_wall": round(statistics.median(many / few for few, many in walls), 2),
    }


def process(bench: Bench) -> dict:
    """Start-up, and memory after an hour's worth of pages."""
    town = bench.town("small")
    with bench.server(town) as server:
        before = server.memory_mb()["now"]
        listed = pairs(town.cast, town.waiting())
        for pair in listed:
            ask(server, town, pair.ours, 8, 20 if bench.is_quick or pair.ours.is_spent else 300)
        return {
            "start_seconds": server.start_seconds,
            "start_cpu_seconds": server.start_cpu_seconds,
            "mb_at_start": before,
            "mb": server.memory_mb(),
            "target_mb": 160,
        }


def weight(bench: Bench) -> dict:
    """Bytes on the wire of a resident's pages: on a first visit with styles and scripts, later the page alone."""
    town = bench.town("small")
    pages = {
        "sign in": "/sign-in/",
        "poster": f"/p/{town.cast['tag']}/",
        "my reports": "/mine/",
        "report": f"/t/{town.cast['mine']}/",
        "receipt": f"/t/{town.cast['mine']}/receipt/",
    }
    told = {**headers(town.cast, "resident"), "Accept-Encoding": "gzip"}
    found: dict = {"target_first": 60_000, "target_after": 15_000}
    with bench.server(town) as server:
        for name, path in pages.items():
            status, page, _ = server.get(path, told)
            if status != 200:
                raise SystemExit(f"{path} answers {status}")
            html = gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
            parts = set(re.findall(rb'(?:href|src)="(/static/[^"]+[.](?:css|js|svg))"', html))
            first = len(page) + sum(len(server.get(part.decode(), told)[1]) for part in parts)
            found[name] = {"first": first, "after": len(page), "unpacked": len(html)}
    return found


def imports(bench: Bench) -> dict:
    """Rows a second from an uploaded file through check and commit, as a clerk's import takes them."""
    return bench.inside("imports", bench.town("small"))


def many(bench: Bench) -> dict:
    """Acts that take many: rows a second of the importer, and of reports filed together."""
    names = ("import_tickets", "file_tickets")
    towns = ["small"] if bench.is_quick else ["small", "large"]
    return {size: {name: bench.town(size).cast[name] for name in names} for size in towns} | {"target": 1000}


def statements(bench: Bench) -> dict:
    """SQL statements of each errand: before, inside and after its transaction."""
    return bench.inside("statements", bench.town("small"))


def ticking(bench: Bench) -> dict:
    """A tick over 100,000 running clocks: with nothing due, and with alarms that sound."""
    return bench.inside("ticking", bench.town("large" if not bench.is_quick else "small"))


def figures(bench: Bench) -> dict:
    """The roll-ups rebuilt from all reports."""
    return bench.inside("figures", bench.town("large" if not bench.is_quick else "small"))


MEASURES = {
    each.__name__: each
    for each in (against_baseline, eight_writers, statements, weight, process, imports, growth, many, figures, ticking)
}
