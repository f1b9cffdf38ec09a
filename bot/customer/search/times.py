"""A time that was said, in the few numbers that buttons and memory carry, and what to ask when only that was said."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversation import Talk
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.search.timed import Window

_EARLIEST, _LATEST = 0, 10**8


def minute(moment: datetime) -> int:
    """Minutes since 1970."""
    return int(moment.timestamp()) // 60


def packed(at: Window) -> list[int]:
    """The start and how long the window is, both in minutes."""
    return [minute(at.start), minute(at.end) - minute(at.start)]


def unpacked(start: int, length: int) -> Window:
    """The window a button names; one that was altered names some other time, which does no harm."""
    begin = datetime.fromtimestamp(min(max(start, _EARLIEST), _LATEST) * 60, UTC)
    return Window(begin, begin + timedelta(minutes=min(max(length, 0), 60 * 24 * 40)))


def asked_at(talk: Talk) -> Window | None:
    """The time that was said without a service just before, unless it is over."""
    if "at" not in talk.memory or talk.memory.get("service"):
        return None
    at = unpacked(*talk.memory["at"])
    return at if at.end > talk.now else None


def keep(talk: Talk, **memory: Any) -> None:
    """What the results are about; a booking that waits meanwhile is not forgotten over it."""
    waiting = {"waiting": talk.memory["waiting"]} if "waiting" in talk.memory else {}
    talk.expect("", **waiting | memory)


def usual(catalog: Catalog, limit: int = 6) -> list[Service]:
    """The first service of each top category: what most people come for."""
    tops = catalog.children(parent_id=None)
    below = (next(iter(catalog.services_below(category_id=top.id)), None) for top in tops)
    return [service for service in below if service is not None][:limit]
