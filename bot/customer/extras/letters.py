"""What the customer hears about extra work: the question with its photos, the answer to theirs, the payment."""

from dataclasses import replace
from datetime import datetime

from bot.customer.extras import screens
from bot.customer.orders.pushes import of_order, push, receipt_row, review_row
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from bot.work_files import kept_files, named_files
from core.errors import Unknown
from core.orders.service import OrderView
from core.services import Core


async def extra(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The proposal anew at the bottom, with sound; its photos come with the first one."""
    try:
        one = await core.extras.for_customer(
            extra_id=int(letter.facts.get("extra", 0)), customer_id=letter.person_id or 0
        )
    except Unknown:
        return None
    if not one.open(now=now):
        return None
    screen = screens.proposal(one, words, now)
    if not one.extra.talk:
        kept = await kept_files(core, one.extra.photos)
        files = named_files(kept, words.plain("📷 What the provider found"))
        screen = replace(screen, files=tuple(files))
    return replace(screen, card=Card("extra", one.extra.id, anew=True))


async def extra_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The card that is there, as it is now: answered, taken back or too late it goes dead."""
    sent = await core.extras.of_order(order_id=letter.subject)
    wanted = int(letter.facts.get("extra", sent[-1].id if sent else 0))
    try:
        one = await core.extras.for_customer(extra_id=wanted, customer_id=letter.person_id or 0)
    except Unknown:
        return None
    screen = screens.proposal(one, words, now)
    return replace(screen, card=Card("extra", wanted, when_missing="skip"), quiet=True)


def rest_paid(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    amount = words.money(int(letter.facts.get("amount", 0)), order.currency)
    return push(
        order, words, words("💳 <b>{amount} received, thank you!</b>", amount=amount),
        None if order.to_pay_on_site else words("Nothing is left to pay on site."),
        rows=[*review_row(order, words), *receipt_row(order, words)],
    )  # fmt: skip


LETTERS: dict[str, Renderer] = {
    "extra": extra,
    "extra_card": extra_card,
    "rest_paid": of_order(rest_paid),
}
