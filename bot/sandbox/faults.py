"""Faults switched on by tests: what a network and a busy Telegram do to a call."""

from dataclasses import dataclass
from typing import Any

FAULTS = {"429", "500", "403", "drop_before", "drop_after", "timeout", "redeliver"}


@dataclass
class Fault:
    fault: str
    method: str = "*"
    bot: str | None = None
    chat_id: int | None = None
    times: int = 1
    retry_after: int = 3

    def hits(self, bot: str, method: str, params: dict[str, Any]) -> bool:
        # "*" leaves polling alone: it would eat the faults meant for calls.
        named = method != "getUpdates" if self.method == "*" else self.method == method
        here = self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
        return named and here and self.bot in (None, bot)


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def take(self, bot: str, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault meant for this call, used up once."""
        return self._use(
            lambda fault: fault.fault != "redeliver" and fault.hits(bot, method, params)
        )

    def redelivers(self, bot: str) -> bool:
        """Whether the update just confirmed should come once more."""
        found = self._use(lambda fault: fault.fault == "redeliver" and fault.bot in (None, bot))
        return found is not None

    def clear(self) -> None:
        self.waiting.clear()

    def _use(self, wanted: Any) -> Fault | None:
        for fault in self.waiting:
            if wanted(fault):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
