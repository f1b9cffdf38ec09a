"""Invoices inside Telegram: may it be paid, asked in the moment before, and that it is."""

import asyncio
import json
from dataclasses import asdict
from typing import Final

import structlog

from bot.conversation import Payer
from bot.errors import sentence
from bot.screen import Screen
from core.errors import DomainError
from core.payments.facts import Fact, Told
from core.people.model import Person

METHOD: Final = "invoice"
# Telegram gives up after ten seconds, people sooner.
WITHIN_SECONDS: Final = 1.5
log = structlog.get_logger()


async def till(payer: Payer) -> None:
    if payer.bill.query_id:
        refused = await _refusal(payer)
        await payer.messenger.checkout(payer.bill.query_id, refused=refused)
    else:
        await _paid(payer)


async def _refusal(payer: Payer) -> str:
    """Why it may not be paid, in the payer's language; nothing if it may. Whatever goes wrong, there is an answer."""
    words = payer.words(None)
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            words = payer.words(await _person(payer))
            await _ask(payer)
    except DomainError as refusal:
        log.info("checkout_refused", error=type(refusal).__name__)
        return sentence(refusal, words)
    except Exception as error:
        log.error("checkout_broke", error=type(error).__name__)
        return words.plain("Nothing was charged: we couldn't look it up. Please try again shortly.")
    return ""


async def _person(payer: Payer) -> Person | None:
    return await payer.core.store.get(Person, telegram_id=payer.incoming.user_id)


async def _ask(payer: Payer) -> None:
    bill = payer.bill
    await payer.core.payments.checkouts.allow(
        method=METHOD, number=bill.number, amount=bill.amount, currency=bill.currency,
        query=bill.query_id, now=payer.now,
    )  # fmt: skip


async def _paid(payer: Payer) -> None:
    """A fact like that of any gateway: kept once, then worked. The customer's card turns by itself."""
    bill = payer.bill
    fact = Fact(
        Told.PAID, bill.number, bill.charge, reference=bill.charge, amount=bill.amount,
        currency=bill.currency, also=bill.also,
    )  # fmt: skip
    raw = json.dumps(asdict(bill)).encode()
    fresh = await payer.core.payments.told(method=METHOD, fact=fact, raw=raw, now=payer.now)
    customer = await payer.core.payments.payer_of(number=bill.number)
    person = await _person(payer)
    if fresh and customer != (person.id if person else None):
        words = payer.words(person)
        thanks = words("💚 Thank you, it's paid. Whoever booked is told right now.")
        await payer.messenger.send(payer.incoming.chat_id, Screen(thanks))
