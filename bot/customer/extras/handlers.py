"""Taps on a proposal: one yes or one no, and questions before it. Every tap is treated as an old one."""

from collections.abc import Awaitable, Callable
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
    done = talk.words.plain("Approved. The provider goes on.")
    again = talk.words.plain("You have approved it already.")
    return await _answer(talk, extra_id, talk.core.extras.approve, done, again)


async def refuse(talk: Talk, extra_id: int) -> Screen:
    done = talk.words.plain("Refused. The price stays as it was.")
    again = talk.words.plain("You have refused it already.")
    return await _answer(talk, extra_id, talk.core.extras.refuse, done, again)


async def _answer(
    talk: Talk, extra_id: int, act: Callable[..., Awaitable[Proposal]], done: str, again: str
) -> Screen:
    try:
        await act(extra_id=extra_id, customer_id=talk.person.id, now=talk.now)
        talk.toast(done)
    except AlreadyDone:
        talk.toast(again)
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
