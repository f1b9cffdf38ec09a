"""What customers look for, see and begin, noted for the platform's statistics: counts, and nobody's history."""

from datetime import datetime

from bot.conversation import Talk
from bot.customer.search.where import Where
from core.platform.facts import Kind


def noted(
    talk: Talk, kind: Kind, service_id: int = 0, *, around: Where | None = None,
    wanted: datetime | None = None,
) -> None:  # fmt: skip
    """Costs no hop: it is written later, beside everything else. `around`: where it was looked for."""
    at = around or Where(talk.person.lat, talk.person.lon)
    talk.core.traces.note(
        kind=kind, person_id=talk.person.id, service_id=service_id, lat=at.lat, lon=at.lon,
        wanted=wanted, now=talk.now,
    )  # fmt: skip
