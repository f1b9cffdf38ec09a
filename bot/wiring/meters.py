"""`/metrics`: what the process counted, and beside it what only the database knows, read when somebody asks."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from time import monotonic
from typing import Any, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from bot import meters
from bot.adapters.notifier import NOTICES
from core.events import Event
from core.orders.lifecycle import OPEN
from core.payments.method import Method
from db.engine import Database, Pulse

log = structlog.get_logger()
# However many ask, the database is asked once in so many seconds.
_FRESH_S = 2.0
_CALLS = ("open", "ask", "close", "refund", "statement")
# All that anybody hears of, and the one thing nobody does: that a customer may pay now.
KNOWN = frozenset(notice.event for notice in NOTICES) | {"order.placed"}
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


class Measured(Protocol):
    """What is looked at beside the database."""

    ready: bool

    @property
    def lanes(self) -> tuple[int, int]: ...


def note_events(events: Sequence[Event]) -> None:
    """What was committed is counted, and told to the log with what it comes of."""
    for event in events:
        log.info("happened", kind=event.name, subject=event.subject_id)
        meters.EVENTS.labels(event.name if event.name in KNOWN else "other").inc()


def count_calls(methods: Mapping[str, Method]) -> None:
    """Each call of a gateway is counted from now on."""
    for code, method in methods.items():
        for name in _CALLS:
            setattr(method, name, meters.timed(getattr(method, name), method=code, name=name))


class Meters:
    """Reads the database's numbers into the gauges."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._read_at = float("-inf")
        self._pulse = Pulse()

    async def text(self, measured: Measured) -> bytes:
        """All of it, as Prometheus reads it."""
        meters.READY.set(measured.ready)
        working, queued = measured.lanes
        meters.LANES.set(working)
        meters.QUEUED.set(queued)
        self._feel(self._database.pulse)
        if monotonic() - self._read_at > _FRESH_S:
            await self._read()
            self._read_at = monotonic()
        return generate_latest(meters.REGISTRY)

    def _feel(self, now: Pulse) -> None:
        meters.QUEUE.set(now.waiting)
        meters.COMMITS.inc(now.commits - self._pulse.commits)
        meters.COMMIT_TIME.inc(now.seconds - self._pulse.seconds)
        self._pulse = Pulse(now.commits, now.seconds, now.waiting)

    async def _read(self) -> None:
        """Only what still matters is counted: what is over grows without end. Unsettled payments have a timer each."""
        now = int(self._clock().timestamp() * 1000)
        still = ", ".join(f"'{state}'" for state in sorted(OPEN))
        inbox, outbox, timers, chats, orders, payments, notices = await self._database.fetch_all([
            ("SELECT parked_at IS NOT NULL, COUNT(*), MIN(received_at) FROM inbox"
             " WHERE done_at IS NULL GROUP BY parked_at IS NOT NULL", []),
            ("SELECT urgency, COUNT(*), MIN(due_at) FROM outbox WHERE state = 'waiting'"
             " AND due_at <= ? GROUP BY urgency", [now]),
            ("SELECT COUNT(*), MIN(due_at) FROM timer WHERE due_at <= ?", [now]),
            ("SELECT bot, COUNT(*) FROM unreachable GROUP BY bot", []),
            (f"SELECT state, COUNT(*) FROM orders WHERE state IN ({still}) GROUP BY state", []),
            ("SELECT p.state, COUNT(*) FROM timer t JOIN payment p ON p.id = t.subject_id"
             " WHERE t.kind = 'payment.ask' GROUP BY p.state", []),
            ("SELECT COUNT(*) FROM timer WHERE kind = 'notice.work'", []),
        ])  # fmt: skip
        waiting = {bool(parked): (count, since) for parked, count, since in inbox}
        meters.INBOX.labels("waiting").set(waiting.get(False, (0, 0))[0])
        meters.INBOX.labels("parked").set(waiting.get(True, (0, 0))[0])
        meters.INBOX_AGE.set(_age(now, waiting.get(False, (0, now))[1]))
        _set_outbox(outbox, now)
        [(due, since)] = timers
        meters.OVERDUE.set(due)
        meters.OVERDUE_AGE.set(_age(now, since))
        _fill(meters.UNREACHABLE, chats)
        _fill(meters.ORDERS, orders)
        _fill(meters.UNKNOWN, payments)
        meters.NOTICES_LEFT.set(notices[0][0])


def _set_outbox(rows: Sequence[tuple[Any, ...]], now: int) -> None:
    found = dict.fromkeys(meters.CLASSES, (0, now))
    for number, count, since in rows:
        name = meters.urgency(number)
        found[name] = (found[name][0] + count, min(found[name][1], since))
    for name, (count, since) in found.items():
        meters.OUTBOX.labels(name).set(count)
        meters.OUTBOX_AGE.labels(name).set(_age(now, since))


def _fill(gauge: Gauge, rows: Sequence[tuple[Any, ...]]) -> None:
    """What is not there any more is not told any more."""
    gauge.clear()
    for label, count in rows:
        gauge.labels(label).set(count)


def _age(now: int, since: int | None) -> float:
    return max(0, now - (now if since is None else since)) / 1000


def add_metrics(
    app: web.Application, found: Callable[[], Meters | None], measured: Measured, *, token: str
) -> None:
    """`GET /metrics`: with the token for whoever has it; without one for programs of this machine alone."""

    async def metrics(request: web.Request) -> web.Response:
        if not _may_read(request, token):
            return web.Response(
                status=403, text="Set METRICS_TOKEN and send it as a bearer token.\n"
            )
        now = found()
        if now is None:
            return web.Response(status=503, text="starting\n")
        return web.Response(
            body=await now.text(measured), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    app.router.add_get("/metrics", metrics)


def _may_read(request: web.Request, token: str) -> bool:
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    try:
        here = ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
    # A web server in front stands on this machine, and whom it speaks for does not.
    return here and not any(name in request.headers for name in _FORWARDED)
