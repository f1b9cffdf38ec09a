"""The services of one visit: what was chosen of each while booking, and each as the order keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.catalog.model import Names, Service


@dataclass(frozen=True, slots=True)
class Pick:
    """One service of a booking: so many of which options, and the answers to its questions, by their codes."""

    service_id: int
    options: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Task:
    """One service of an order as it was when the order was placed; `lines` are its part of the price."""

    service_id: int
    snapshot: Mapping[str, Any]
    answers: Mapping[str, str]
    commission_bp: int
    lines: tuple[Mapping[str, Any], ...]

    @property
    def names(self) -> Names:
        return dict(self.snapshot.get("names", {}))

    @property
    def emoji(self) -> str:
        return str(self.snapshot.get("emoji", ""))

    @property
    def questions(self) -> list[dict[str, Any]]:
        return list(self.snapshot.get("questions", []))

    @property
    def needs(self) -> frozenset[str]:
        """The certificates it asks for."""
        kind = self.snapshot.get("certificate")
        return frozenset({str(kind)} if kind else ())

    @property
    def gross(self) -> int:
        """What it costs before any coupon, in minor units."""
        return sum(int(line["amount"]) for line in self.lines)

    @property
    def price(self) -> int:
        """What the provider asked for the service itself, options aside."""
        return int(self.lines[0]["amount"]) if self.lines else 0

    @property
    def more(self) -> tuple[Mapping[str, Any], ...]:
        """The lines beside the service itself: its options."""
        return self.lines[1:]

    def asks(self, stage: str) -> bool:
        """Whether photos of this stage of the work were asked for; old orders ask for none."""
        return self.snapshot.get("work_photos", "none") in (stage, "both")


def pick_of(*, task: Task, service: Service) -> Pick:
    """The same once more, as far as the service of today still knows it."""
    most = {option["code"]: option.get("max", 1) for option in service.options}
    names = {option["code"]: option["names"] for option in service.options}
    options = {
        code: min(line["count"], most[code])
        for code in most
        for line in task.more
        if line.get("option") == code or ("option" not in line and line["names"] == names[code])
    }
    return Pick(task.service_id, options, dict(task.answers))
