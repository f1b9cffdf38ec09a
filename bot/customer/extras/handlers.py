"""Taps on a proposal: one yes or one no, and questions before it. Every tap is treated as an old one."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.extras import screens
from bot.customer.orders.shown import show_order
from bot.customer.parts import lines
from bot.errors import sentence
from bot.screen import Screen
from core.errors import AlreadyDone, DomainError
from core.extras.proposals import Proposal


async def _mine(talk: Talk, extra_id: int) -> Proposal:
    return await talk.core.extras.for_customer(extra_id=extra_id, customer_id=talk.person.id)


async def _shown(talk: Talk, extra_id: int) -> Screen:
    talk.rest()
    return screens.proposal(await _mine(talk, extra_id), talk.words, talk.now)


async def proposal(talk: Talk, extra_id: int) -> Screen:
    return await _shown(talk, extra_id)


async def of_order(talk: Talk, order_id: int) -> Screen:
    """The proposal that waits; without one the order as it stands."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    waits = view.order.extra_id
    return await (_shown(talk, waits) if waits is not None else show_order(talk, order_id))


async def approve(talk: Talk, extra_id: int) -> Screen:
    try:
        await talk.core.extras.approve(extra_id=extra_id, customer_id=talk.person.id, now=talk.now)
        talk.toast(talk.words.plain("Approved. The provider goes on."))
    except AlreadyDone:
        talk.toast(talk.words.plain("You have approved it already."))
    except DomainError as error:
        return await _refused(talk, extra_id, error)
    return await _shown(talk, extra_id)


async def refuse(talk: Talk, extra_id: int) -> Screen:
    try:
        await talk.core.extras.refuse(extra_id=extra_id, customer_id=talk.person.id, now=talk.now)
        talk.toast(talk.words.plain("Refused. The price stays as it was."))
    except AlreadyDone:
        talk.toast(talk.words.plain("You have refused it already."))
    except DomainError as error:
        return await _refused(talk, extra_id, error)
    return await _shown(talk, extra_id)


async def _refused(talk: Talk, extra_id: int, error: DomainError) -> Screen:
    """Says why not, and shows how things stand; somebody else's proposal stays unknown."""
    screen = await _shown(talk, extra_id)
    talk.toast(sentence(error, talk.words), alert=True)
    return screen


async def ask(talk: Talk, extra_id: int) -> Screen:
    one = await _mine(talk, extra_id)
    if not one.open(now=talk.now):
        return await _shown(talk, extra_id)
    talk.expect("extra.ask", extra_id=extra_id)
    return screens.ask(one, talk.words)


async def asked(talk: Talk) -> Screen:
    """The question in words; what else may come is asked for in words once more."""
    extra_id = int(talk.memory.get("extra_id", 0))
    one = await _mine(talk, extra_id)
    if one.open(now=talk.now) and not talk.incoming.text.strip():
        return screens.ask(one, talk.words, again=True)
    try:
        await talk.core.extras.ask(
            extra_id=extra_id, customer_id=talk.person.id, text=talk.incoming.text, now=talk.now
        )
        said = talk.words("💬 Your question is with the provider. The answer comes here.")
    except DomainError as error:
        said = talk.words("{text}", text=sentence(error, talk.words))
    screen = await _shown(talk, extra_id)
    return replace(screen, text=lines(said, "", screen.text))
