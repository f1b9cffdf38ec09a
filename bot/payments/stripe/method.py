"""Bank cards by Stripe Checkout: the customer pays on Stripe's page, a signed notice tells us."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import stripe

from bot.payments.keys import StripeKeys
from bot.payments.stripe.amounts import can_be_charged, fee_from_stripe, from_stripe, to_stripe
from bot.payments.stripe.notices import read_event, verify
from core.errors import PaymentUnavailable
from core.payments.facts import Fact
from core.payments.method import Answer, Intent, NoAnswer, Opened, Outcome
from core.reconciling.model import Kind, Line

# Stripe keeps a page open between 30 minutes and 24 hours; the margins are for slow repetitions. A
# slot that is held for less is guarded by `close`.
SHORTEST: Final = timedelta(minutes=40)
LONGEST: Final = timedelta(hours=23)
# How far the gateway's clock may be from ours.
CLOCKS_DIFFER: Final = timedelta(minutes=5)
LANGUAGES: Final = {"zh_CN": "zh", "zh_TW": "zh-TW", "en": "en"}
REFUNDS: Final = {
    "succeeded": Outcome.PAID,
    "pending": Outcome.OPEN,
    "requires_action": Outcome.OPEN,
    "failed": Outcome.REFUSED,
    "canceled": Outcome.REFUSED,
}
MOVEMENTS: Final = {
    "charge": Kind.PAYMENT, "payment": Kind.PAYMENT, "refund": Kind.REFUND,
    "payment_refund": Kind.REFUND,
}  # fmt: skip
# Only these say for sure that nothing was done and that asking again will not help. The SDK goes by the status of the
# answer alone, so that it says what it seems to be has to be read in it.
DEFINITE: Final = (stripe.InvalidRequestError, stripe.CardError)
KNOWN: Final = {"invalid_request_error", "card_error"}
CLOSED_TO_US: Final = (stripe.AuthenticationError, stripe.PermissionError)
TIMEOUT_SECONDS: Final = 10.0

logging.getLogger("stripe").setLevel(logging.WARNING)


class StripeMethod:
    """Stripe for one shop. All calls carry our number as idempotency key."""

    code = "stripe"

    def __init__(
        self,
        *,
        keys: StripeKeys,
        shop: str,
        return_url: str,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._http = stripe.HTTPXClient(timeout=timeout)
        self._client = stripe.StripeClient(
            keys.secret_key,
            base_addresses={"api": keys.api_base.rstrip("/")} if keys.api_base else None,
            http_client=self._http,
            max_network_retries=0,
        )
        self._live = keys.secret_key.startswith(("sk_live_", "rk_live_"))
        self._webhook_secret = keys.webhook_secret
        self._shop = shop
        self._return_url = return_url

    async def open(self, *, intent: Intent) -> Opened:
        if not can_be_charged(amount=intent.amount, currency=intent.currency):
            raise PaymentUnavailable(self.code)
        try:
            session = await self._create(intent)
        except stripe.StripeError as error:
            if _definite(error) or isinstance(error, CLOSED_TO_US):
                raise PaymentUnavailable(self.code) from error
            raise NoAnswer from error
        expires = datetime.fromtimestamp(session.expires_at, UTC)
        return Opened(session.url or "", session.id, expires)

    async def ask(self, *, intent: Intent) -> Answer:
        """Without a reference the page is looked for by our number; nothing is made by asking."""
        try:
            session = await self._known(intent)
        except stripe.StripeError:
            return Answer(Outcome.UNKNOWN)
        return _answer(session) if session else Answer(Outcome.UNKNOWN)

    async def close(self, *, intent: Intent) -> Answer:
        """A page that was never made is as good as closed: nobody ever got its link."""
        try:
            session = await self._known(intent)
            if session is None:
                return Answer(Outcome.REFUSED, expired=True)
            if session.status == "open":
                session = await self._client.v1.checkout.sessions.expire_async(session.id)
        except stripe.StripeError:
            return Answer(Outcome.UNKNOWN)  # perhaps just paid: the next question tells
        return _answer(session)

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        """Looks for a refund with our number first: Stripe forgets idempotency keys after a day."""
        if not can_be_charged(amount=amount, currency=currency):
            return Answer(Outcome.REFUSED)
        refunds = self._client.v1.refunds
        try:
            made = await refunds.list_async({"payment_intent": charge, "limit": 100})
            known = [r for r in made.data if _metadata(r).get("number") == number]
            if known:
                return _refund_answer(known[0])
            return _refund_answer(
                await refunds.create_async(
                    {
                        "payment_intent": charge,
                        "amount": to_stripe(amount=amount, currency=currency),
                        "metadata": {"shop": self._shop, "number": number},
                    },
                    {"idempotency_key": number},
                )
            )
        except stripe.StripeError as error:
            return Answer(Outcome.REFUSED if _definite(error) else Outcome.UNKNOWN)

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        """The account's own book: what Stripe credits and debits, with its fee."""
        lines = []
        try:
            pages = await self._client.v1.balance_transactions.list_async(
                {
                    "created": {"gte": int(first.timestamp()), "lt": int(end.timestamp())},
                    "expand": ["data.source"],
                    "limit": 100,
                }
            )
            async for entry in pages.auto_paging_iter():
                if entry.type in MOVEMENTS:
                    lines.append(_line(entry))
        except stripe.StripeError as error:
            raise NoAnswer from error
        return lines

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        event = verify(raw=raw, headers=headers, secret=self._webhook_secret, now=now)
        return read_event(event, live=self._live, shop=self._shop)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _create(self, intent: Intent) -> Any:
        try:
            return await self._client.v1.checkout.sessions.create_async(
                self._page(intent),  # type: ignore[arg-type]
                {"idempotency_key": intent.number},
            )
        except stripe.IdempotencyError:
            # The number was used with other words, in another language perhaps: it is that page,
            # if it asks for the same money.
            session = await self._search(intent)
            amount = to_stripe(amount=intent.amount, currency=intent.currency)
            asked = (amount, intent.currency.lower())
            if session is None or (session.amount_total, session.currency) != asked:
                raise
            return session

    async def _known(self, intent: Intent) -> Any | None:
        if intent.reference:
            return await self._client.v1.checkout.sessions.retrieve_async(intent.reference)
        return await self._search(intent)

    async def _search(self, intent: Intent) -> Any | None:
        """The page with our number; it cannot have been asked for outside the intention's life."""
        since = int((intent.created_at - CLOCKS_DIFFER).timestamp())
        until = int((max(intent.expires_at, intent.created_at) + CLOCKS_DIFFER).timestamp())
        pages = await self._client.v1.checkout.sessions.list_async(
            {"created": {"gte": since, "lte": until}, "limit": 100}
        )
        async for session in pages.auto_paging_iter():
            if session.client_reference_id == intent.number:
                return session
        return None

    def _page(self, intent: Intent) -> dict[str, Any]:
        shortest, longest = intent.created_at + SHORTEST, intent.created_at + LONGEST
        expires = min(max(intent.expires_at, shortest), longest)
        metadata = {"shop": self._shop, "number": intent.number, "order": intent.order_number}
        price = {
            "currency": intent.currency.lower(),
            "unit_amount": to_stripe(amount=intent.amount, currency=intent.currency),
            "product_data": {"name": intent.title},
        }
        return {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [{"price_data": price, "quantity": 1}],
            "client_reference_id": intent.number,
            "metadata": metadata,
            "payment_intent_data": {"metadata": metadata},
            "expires_at": int(expires.timestamp()),
            "locale": LANGUAGES.get(intent.language, "auto"),
            "success_url": self._return_url,
            "cancel_url": self._return_url,
        }


def _definite(error: stripe.StripeError) -> bool:
    told: Any = error.json_body
    kind = told.get("error", {}).get("type") if isinstance(told, dict) else None
    return isinstance(error, DEFINITE) and kind in KNOWN


def _line(entry: Any) -> Line:
    """A charge and its refunds are known to us by what stood behind them: our payment's intent, the refund itself."""
    kind, source = MOVEMENTS[entry.type], entry.source
    at = datetime.fromtimestamp(entry.created, UTC)
    paid = kind is Kind.PAYMENT
    intent = str(source.payment_intent)
    return Line(
        id=0, day=at.date(), kind=kind, at=at, amount=abs(_booked(entry.amount, entry.currency)),
        reference=intent if paid else str(source.id), charge="" if paid else intent,
        number=_metadata(source).get("number", ""), currency=entry.currency.upper(),
        fee=fee_from_stripe(fee=entry.fee, currency=entry.currency.upper()) if paid else None,
    )  # fmt: skip


def _booked(amount: int, currency: str) -> int:
    return from_stripe(amount=amount, currency=currency.upper())


def _metadata(thing: Any) -> Mapping[str, str]:
    return dict(thing.metadata.to_dict()) if thing.metadata else {}


def _answer(session: Any) -> Answer:
    if session.payment_status == "paid":
        charge = str(session.payment_intent)
        amount = _booked(session.amount_total, session.currency)
        return Answer(Outcome.PAID, amount, session.currency.upper(), charge)
    if session.status == "expired":
        return Answer(Outcome.REFUSED, expired=True)
    return Answer(Outcome.OPEN)


def _refund_answer(refund: Any) -> Answer:
    outcome = REFUNDS.get(refund.status or "", Outcome.UNKNOWN)
    amount = _booked(refund.amount, refund.currency)
    return Answer(outcome, amount, refund.currency.upper(), refund.id)
