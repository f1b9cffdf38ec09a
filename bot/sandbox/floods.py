"""How much a bot may send: buckets per chat and per bot. Not exact at Telegram either; short bursts pass."""

import math
from dataclasses import dataclass, field
from typing import Self

from bot.sandbox.refusals import too_many


@dataclass(slots=True)
class Bucket:
    rate: float
    burst: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more would fit."""
        self.level = max(0.0, self.level - max(0.0, now - self.at) * self.rate)
        self.at = now
        return max(0.0, (self.level + count - self.burst) / self.rate)


@dataclass
class Floods:
    """Messages per second and the burst on top of it, for a private chat, a group and a whole bot."""

    chat: tuple[float, float] = (1.0, 40.0)
    group: tuple[float, float] = (20 / 60, 20.0)
    bot: tuple[float, float] = (30.0, 60.0)
    _buckets: dict[tuple[str, int, int], Bucket] = field(default_factory=dict)

    @classmethod
    def taking(cls, chat: tuple[int, float], group: tuple[int, float]) -> Self:
        """So many messages in so many seconds; a person's chat forgives a burst of twice as many."""
        return cls(chat=(chat[0] / chat[1], 2.0 * chat[0]), group=(group[0] / group[1], group[0]))

    @classmethod
    def strict(cls) -> Self:
        return cls(chat=(1.0, 1.0), group=(20 / 60, 20.0), bot=(30.0, 30.0))

    @classmethod
    def lenient(cls) -> Self:
        return cls(chat=(1000.0, 1000.0), group=(1000.0, 1000.0), bot=(1000.0, 5000.0))

    def spend(self, *, bot: int, chat: int, now: float, count: int = 1) -> None:
        """Refuses with 429 and the seconds to wait, or counts the messages."""
        kind, figures = ("group", self.group) if chat < 0 else ("chat", self.chat)
        pair = [
            self._buckets.setdefault((kind, bot, chat), Bucket(*figures)),
            self._buckets.setdefault(("bot", bot, 0), Bucket(*self.bot)),
        ]
        # An album larger than the whole burst must still fit into an empty bucket.
        waits = [bucket.wait(now, min(count, int(bucket.burst))) for bucket in pair]
        if max(waits) > 0:
            raise too_many(max(1, math.ceil(max(waits))))
        for bucket in pair:
            bucket.level += count

    def clear(self) -> None:
        self._buckets.clear()
