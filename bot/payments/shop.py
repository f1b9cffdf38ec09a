"""The platform as a payment company sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """`code` marks our payments at a company that others use too, `public_url` is where it and customers reach us.

    `return_url` leads back to the chat; `currency` is the platform's, `clock` its time.
    """

    code: str
    public_url: str
    return_url: str
    currency: str
    clock: Callable[[], datetime] = _clock

    def notify_url(self, method: str) -> str:
        """Where that company sends its notices."""
        return f"{self.public_url.rstrip('/')}/pay/{method}/notify"
