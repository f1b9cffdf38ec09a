"""What came of a day, as a Markdown table."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.cityday.measuring import share
from tests.cityday.sampling import IDLE
from tests.db.invariants import Rows

MB = 1 << 20
MANY = 30
"""So often a tap must have been made to be told of by itself."""
Lines = list[tuple[str, str]]


@dataclass(slots=True)
class Found:
    """Everything of one run. Seconds are of our own time, sizes in bytes."""

    title: str
    settled: float = 0.0
    started: float = 0.0
    seconds: float = 0.0
    ended: Counter[str] = field(default_factory=Counter)
    most: int = 0
    states: list[tuple[str, int]] = field(default_factory=list)
    updates: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    cpu: float = 0.0
    cpu_main: float = 0.0
    cpu_server: float = 0.0
    cpu_ours: float = 0.0
    memory: list[int] = field(default_factory=list)
    bytes: tuple[int, int] = (0, 0)
    grown: Counter[str] = field(default_factory=Counter)
    metrics: dict[str, float] = field(default_factory=dict)
    parked: int = 0
    failed: list[tuple[str, str, int]] = field(default_factory=list)
    broken: dict[str, Rows] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    profile: dict[str, int] = field(default_factory=dict)

    @property
    def orders(self) -> int:
        return sum(count for _, count in self.states)


def told(found: Found) -> str:
    parts = [f"# {found.title}", "", *_table(("what", "measured"), _lines(found)), ""]
    parts += [
        "| tap | times | p50 ms | p95 ms | p99 ms |",
        "|---|---|---|---|---|",
        *_taps(found),
        "",
    ]
    parts += _table(("main thread", "share of its CPU"), _shares(found.profile))
    if found.grown:
        grown = [
            (name, f"{size / max(found.orders, 1):.0f}")
            for name, size in found.grown.most_common(14)
        ]
        parts += ["", *_table(("table", "bytes an order"), grown)]
    parts += ["", *(f"lost: {line}" for line in found.lost[:20])]
    return "\n".join(parts) + "\n"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    rows = [head, ["---"] * len(head), *lines]
    return [f"| {' | '.join(row)} |" for row in rows]


def _lines(found: Found) -> Lines:
    orders, seconds = max(found.orders, 1), found.seconds or 1.0

    def spent(cpu: float) -> str:
        return f"{cpu / orders * 1000:.0f} ms an order, {cpu / seconds:.0%} of a core"

    calls = sum(found.calls.values())
    every = [one for times in found.times.values() for one in times]
    p50, p95, p99 = (f"{share(every, of) * 1000:.0f}" for of in (0.5, 0.95, 0.99))
    before, after = found.bytes
    return [
        ("settled in", f"{found.settled:.0f} s"),
        ("platform ready after", f"{found.started:.1f} s"),
        ("the day took", f"{seconds:.0f} s"),
        ("orders", f"{found.orders}: {', '.join(f'{state} {n}' for state, n in found.states)}"),
        ("how the stories ended", ", ".join(f"{end} {n}" for end, n in found.ended.most_common())),
        ("most people at once", str(found.most)),
        ("orders a second", f"{found.orders / seconds:.2f}"),
        ("updates", f"{found.updates}: {found.updates / seconds:.0f} a second, {found.updates / orders:.1f} an order"),
        ("calls of the Bot API", f"{calls}: {calls / seconds:.0f} a second, {calls / orders:.1f} an order"),
        ("of these new messages", _new(found, orders)),
        ("a tap, p50 / p95 / p99", f"{p50} / {p95} / {p99} ms"),
        ("CPU of the platform", spent(found.cpu)),
        ("of this its main thread", spent(found.cpu_main)),
        ("CPU of the PostgreSQL server", spent(found.cpu_server)),
        ("CPU of who plays the people", f"{found.cpu_ours / seconds:.0%} of a core"),
        ("memory", " → ".join(f"{each / MB:.0f}" for each in _some(found.memory)) + " MB"),
        ("database", f"{before / MB:.0f} → {after / MB:.0f} MB, {(after - before) / orders / 1024:.1f} KB an order"),
        ("timers", _timers(found)),
        ("updates set aside", str(found.parked)),
        ("letters given up", str(found.failed or 0)),
        ("invariants that do not hold", str(found.broken or 0)),
    ]  # fmt: skip


def _new(found: Found, orders: int) -> str:
    bots = ("customer", "provider", "admin")
    new = {
        bot: sum(n for name, n in found.calls.items() if name.startswith(f"{bot} send"))
        for bot in bots
    }
    return ", ".join(f"{bot} {n / orders:.1f} an order" for bot, n in new.items())


def _timers(found: Found) -> str:
    worked = sum(
        n
        for name, n in found.metrics.items()
        if name.startswith("doorstep_timers_") and "_total" in name
    )
    spent = found.metrics.get("doorstep_sweep_seconds_sum", 0.0)
    sweeps = found.metrics.get("doorstep_sweep_seconds_count", 0.0)
    return f"{worked:.0f} worked in {sweeps:.0f} sweeps of {spent:.1f} s together"


def _some(values: Sequence[int], count: int = 6) -> list[int]:
    step = max(len(values) // count, 1)
    return [*values[::step][:count], *values[-1:]]


def _taps(found: Found) -> Iterator[str]:
    for kind, times in sorted(found.times.items(), key=lambda each: -len(each[1])):
        if len(times) >= MANY:
            ms = [f"{share(times, of) * 1000:.0f}" for of in (0.5, 0.95, 0.99)]
            yield f"| {kind} | {len(times)} | {' | '.join(ms)} |"


def _shares(profile: dict[str, int]) -> Lines:
    busy = Counter({part: n for part, n in profile.items() if part != IDLE})
    total = sum(busy.values()) or 1
    return [(part, f"{n / total:.0%}") for part, n in busy.most_common() if n / total >= 0.01]


def profile_in(path: Path) -> dict[str, int]:
    return dict(json.loads(path.read_text())["parts"]) if path.exists() else {}
