"""Bank cards inside the chat: Telegram shows the form, a company behind it takes the money, the bot hears of it.

The link is an invoice of the customers' bot. What Telegram asks and tells comes as updates, so there is no door for
notices; and it has no call that gives money back, so that is done at the company's own desk.
"""

from typing import Any, Final

import aiohttp

from bot.gateway.api import ApiError, call
from bot.gateway.render import cut_plain, sound
from bot.gateway.way_out import connector
from bot.payments.keys import InvoiceKeys
from bot.payments.no_gateway import NoGateway
from core.errors import PaymentUnavailable
from core.ids import spell_order_number
from core.payments.method import Intent, NoAnswer, Opened

TITLE, DESCRIPTION = 32, 255
TIMEOUT_SECONDS: Final = 10.0
# Telegram says so when it will not do it, however often it is asked.
DEFINITE: Final = range(400, 429)


class InvoiceMethod(NoGateway):
    """Telegram's own payments, with the token of a payment company; never Stars, which are for digital goods."""

    code = "invoice"

    def __init__(self, *, keys: InvoiceKeys, timeout: float = TIMEOUT_SECONDS) -> None:
        self._keys = keys
        self._timeout = timeout

    async def open(self, *, intent: Intent) -> Opened:
        """A repetition makes a second link of the same payment: only one of them is let through to the card."""
        try:
            link = await self._ask("createInvoiceLink", self._bill(intent))
        except ApiError as refusal:
            if refusal.code in DEFINITE:
                raise PaymentUnavailable(self.code) from refusal
            raise NoAnswer from refusal
        except (aiohttp.ClientError, TimeoutError, ValueError) as lost:
            raise NoAnswer from lost
        return Opened(str(link), intent.number, None)

    async def _ask(self, method: str, params: dict[str, Any]) -> Any:
        address = f"{self._keys.api_base.rstrip('/')}/bot{self._keys.bot_token}"
        async with aiohttp.ClientSession(connector=connector(self._keys.proxy)) as session:
            return await call(session, address, method, params, self._timeout)

    def _bill(self, intent: Intent) -> dict[str, Any]:
        title = sound(intent.title)
        number = spell_order_number(intent.order_number)
        return {
            "title": cut_plain(title, TITLE),
            "description": cut_plain(f"{number} · {title}", DESCRIPTION),
            "payload": intent.number,
            "provider_token": self._keys.provider_token,
            "currency": intent.currency,
            "prices": [{"label": cut_plain(title, TITLE), "amount": intent.amount}],
        }
