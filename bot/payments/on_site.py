"""Paying at the door: nobody is called, the two people on site say what was paid."""

from bot.payments.no_gateway import NoGateway
from core.payments.method import Intent, Opened


class OnSite(NoGateway):
    """No link; what comes in and goes back is told by people."""

    code = "on_site"

    async def open(self, *, intent: Intent) -> Opened:
        return Opened(url="", reference=intent.number, expires_at=None)
