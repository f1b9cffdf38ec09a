"""What a process counts of its own work, for `/metrics`; counting is all it does, so it costs a tap next to nothing.

Labels take their values from our own code, never from people: there are few of them, and nothing personal.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from time import monotonic
from typing import Any, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each series began is nothing anybody asks for
REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def _counter(name: str, told: str, *labels: str) -> Counter:
    return Counter(f"doorstep_{name}", told, labels, registry=REGISTRY)


def _gauge(name: str, told: str, *labels: str) -> Gauge:
    return Gauge(f"doorstep_{name}", told, labels, registry=REGISTRY)


def _seconds(name: str, told: str, *labels: str) -> Histogram:
    return Histogram(f"doorstep_{name}_seconds", told, labels, buckets=_SECONDS, registry=REGISTRY)


RECEIVED: Final = _counter("updates_received", "Updates stored, repetitions left out.", "bot")
WORKED: Final = _counter(
    "updates_worked",
    "Updates: done, failed (tried again), parked.",
    "bot",
    "outcome",
)
UPDATE_TIME: Final = _seconds("update", "From a handler's beginning to its end.", "bot")
CALLS: Final = _counter("telegram_calls", "Calls through the send gate.", "bot", "outcome")
LETTERS: Final = _counter("letters", "Messages that left the outbox.", "bot", "outcome")
SWEEP_TIME: Final = _seconds("sweep", "One sweep over the timers that are due.")
SWEPT_AT: Final = _gauge("sweep_last_timestamp_seconds", "When the last sweep ended.")
TIMERS: Final = _counter("timers_worked", "Timers worked by sweeps.", "outcome")
GATEWAY: Final = _counter(
    "gateway_calls", "Calls of payment gateways.", "method", "call", "outcome"
)
GATEWAY_TIME: Final = _seconds("gateway_call", "How long a payment gateway took.", "method")
NOTICES: Final = _counter("payment_notices", "Notices of payment gateways.", "method", "outcome")
REFUSED: Final = _counter("refusals", "What people were told no to.", "bot", "why")
FORGOTTEN: Final = _counter("rows_forgotten", "Rows that nobody needs any more.", "heap")
EVENTS: Final = _counter("events", "What happened: orders, payments and all else.", "event")

READY: Final = _gauge("ready", "1 while the process does its work.")
LANES: Final = _gauge("lanes_at_work", "People whose updates are being worked.")
QUEUED: Final = _gauge("lanes_queued_updates", "Updates in the memory of the lanes.")
INBOX: Final = _gauge("inbox_updates", "Updates kept in the database.", "state")
INBOX_AGE: Final = _gauge("inbox_oldest_seconds", "Age of the oldest update not worked yet.")
OUTBOX: Final = _gauge("outbox_letters", "Messages that are due.", "urgency")
OUTBOX_AGE: Final = _gauge("outbox_oldest_seconds", "How long the oldest is due.", "urgency")
OVERDUE: Final = _gauge("timers_due", "Timers that are due.")
OVERDUE_AGE: Final = _gauge("timers_oldest_seconds", "How long the oldest timer is due.")
UNREACHABLE: Final = _gauge("unreachable_chats", "Chats that refuse a bot.", "bot")
ORDERS: Final = _gauge("orders", "Orders that are not over.", "state")
UNKNOWN: Final = _gauge("payments_unsettled", "Payments not settled yet.", "state")
NOTICES_LEFT: Final = _gauge("payment_notices_waiting", "Notices kept and not worked yet.")
QUEUE: Final = _gauge("database_write_queue", "Writes that wait for the database.")
COMMITS: Final = _counter("database_commits", "Commits of the database.")
COMMIT_TIME: Final = _counter("database_commit_seconds", "Time spent in them.")


CLASSES: Final = ("urgent", "normal", "bulk")


def urgency(number: int) -> str:
    """Three classes of what waits: news, what may wait a little, announcements."""
    return "urgent" if number <= 0 else "bulk" if number >= 9 else "normal"


Asked = Callable[..., Coroutine[Any, Any, Any]]


def timed(call: Asked, *, method: str, name: str) -> Asked:
    """A gateway's call that is counted by how it ended: the answer's own word, or the error's class."""

    @wraps(call)
    async def counted(*args: Any, **kwargs: Any) -> Any:
        began, ended = monotonic(), "ok"
        try:
            answer = await call(*args, **kwargs)
            ended = str(getattr(answer, "outcome", ended))
            return answer
        except Exception as error:
            ended = type(error).__name__
            raise
        finally:
            GATEWAY.labels(method, name, ended).inc()
            GATEWAY_TIME.labels(method).observe(monotonic() - began)

    return counted
