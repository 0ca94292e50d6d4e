"""The result as a table for people."""

from __future__ import annotations


def print_table(result: dict) -> None:
    """Each measure that was taken."""
    where = result["machine"]
    print(f"\n{result['database']}, {where['cores']} cores shared with others, load {where['load'][0]}"
          f" before and {where['load_after'][0]} after")  # fmt: skip
    for name, show in SHOWN.items():
        if name in result:
            print(f"\n{name}")
            show(result[name])


def met(value: float, target: float) -> str:
    """A mark beside a figure that has a target."""
    return "ok" if value <= target else "MISSED"


def _against(found: dict) -> None:
    print(f"  {'':14}{'clients':>8}{'bare':>9}{'base':>9}{'ours':>9} ms cpu   x cpu   x wall  target     p95 ms  per s")
    for name, clients in found.items():
        for words, row in clients.items():
            cpu = "".join(f"{row[side]['cpu_ms']:9.2f}" for side in ("bare", "base", "ours"))
            print(f"  {name:14}{words.split()[0]:>8}{cpu}{row['ratio_cpu']:15.2f}{row['ratio_wall']:9.2f}"
                  f"{row['target']:8.1f} {met(row['ratio_cpu'], row['target']):7}"
                  f"{row['ours']['p95']:7.1f}{row['ours']['per_second']:7.0f}")  # fmt: skip


def _writers(found: dict) -> None:
    for side in ("base", "ours"):
        row = found[side]
        print(f"  {side:5} {row['per_second']:6.0f} per s   p50 {row['p50']:.0f}  p95 {row['p95']:.0f}"
              f"  p99 {row['p99']:.0f} ms   waits p99 {row['waits']['p99']:.1f}   holds p50 {row['holds']['p50']:.1f}"
              f"  p95 {row['holds']['p95']:.1f}  p99 {row['holds']['p99']:.1f} ms"
              f"   of it processor p50 {row['works']['p50']:.1f}  p99 {row['works']['p99']:.1f} ms")  # fmt: skip
    ours = found["ours"]
    print(f"  p99 {met(ours['p99'], found['target_p99'])}, holds p99 {met(ours['holds']['p99'], found['target_hold'])}")


def _weight(found: dict) -> None:
    for name, row in found.items():
        if isinstance(row, dict):
            print(f"  {name:14}{row['first']:8,} bytes first {met(row['first'], found['target_first']):7}"
                  f"{row['after']:8,} after {met(row['after'], found['target_after'])}")  # fmt: skip


def _growth(found: dict) -> None:
    for name, row in found.items():
        if isinstance(row, dict):
            few, many = row["cpu_ms"]
            print(f"  {name:14}{few:8.2f} ms cpu{many:8.2f}   x cpu {row['ratio_cpu']:.2f}   x wall"
                  f" {row['ratio_wall']:.2f}   {met(row['ratio_cpu'], found['target'])}")  # fmt: skip


def _plain(found: dict) -> None:
    for name, value in found.items():
        print(f"  {name}: {value}")


SHOWN = {
    "against_baseline": _against,
    "eight_writers": _writers,
    "statements": _plain,
    "weight": _weight,
    "imports": _plain,
    "growth": _growth,
    "process": _plain,
    "many": _plain,
    "figures": _plain,
    "ticking": _plain,
}
