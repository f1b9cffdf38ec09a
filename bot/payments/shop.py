"""The platform as a payment company sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shop:
    """`code` marks our payments at a company that others use too, `public_url` is where it and customers reach us.

    `return_url` leads back to the chat; `currency` is the platform's.
    """

    code: str
    public_url: str
    return_url: str
    currency: str

    def notify_url(self, method: str) -> str:
        """Where that company sends its notices."""
        return f"{self.public_url.rstrip('/')}/pay/{method}/notify"
