"""Trouble on request: lost and late answers, errors, answers nobody knows, notices late, twice and out of order."""

from dataclasses import dataclass

KINDS = (
    "drop_before",
    "drop_after",
    "500",
    "unknown_code",
    "late",
    "twice",
    "out_of_order",
    "lost",
)


@dataclass(slots=True)
class Fault:
    """`kind` for the next `times` calls (or notices) whose method and path (or event type) contain `match`."""

    kind: str
    match: str = ""
    times: int = 1
    seconds: float = 1.0


class Faults:
    """What is switched on."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def add(self, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise ValueError(fault.kind)
        self._on.append(fault)

    def clear(self) -> None:
        self._on.clear()

    def take(self, subject: str, *kinds: str) -> Fault | None:
        """The first fault of these kinds that is meant for `subject`; it is used up by that."""
        for fault in self._on:
            if fault.kind in kinds and fault.match in subject:
                fault.times -= 1
                if fault.times <= 0:
                    self._on.remove(fault)
                return fault
        return None
