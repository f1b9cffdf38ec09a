"""When the provider fails: another time with one tap, the money back, wait, or somebody else."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation import Talk
from bot.customer.orders import rescue_screens
from bot.customer.orders.shown import order_screen
from bot.errors import sentence
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from core.errors import DomainError, Unknown
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import State
from core.orders.service import OrderView
from core.services import Core


async def _mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)


async def _card(talk: Talk, order_id: int) -> Screen:
    return order_screen(talk.core, await _mine(talk, order_id), talk.words, talk.now)


async def _refused(talk: Talk, order_id: int, error: DomainError) -> Screen:
    talk.toast(sentence(error, talk.words), alert=True)
    return await _card(talk, order_id)


async def times(talk: Talk, order_id: int) -> Screen:
    return await more_times(talk, order_id, 0)


async def more_times(talk: Talk, order_id: int, page: int) -> Screen:
    """Other times, three at a time; once it is decided, the card."""
    view = await _mine(talk, order_id)
    if view.order.state is not State.CHOOSING:
        return await _card(talk, order_id)
    found = await talk.core.choosing.alternatives(order_id=order_id, now=talk.now)
    return rescue_screens.times(view.order, found, page, talk.now, talk.words)


async def choose(talk: Talk, order_id: int, provider_id: int, minutes: int) -> Screen:
    """One tap takes the time; one that is gone meanwhile shows what is left."""
    start = datetime.fromtimestamp(min(max(minutes, 0), 10**8) * 60, UTC)
    try:
        await talk.core.choosing.choose(
            order_id=order_id, customer_id=talk.person.id, provider_id=provider_id, start=start,
            now=talk.now,
        )  # fmt: skip
    except DomainError as error:
        if isinstance(error, Unknown):
            raise
        talk.toast(sentence(error, talk.words), alert=True)
        return await times(talk, order_id)
    talk.toast(talk.words.plain("Taken. We ask the provider."))
    return await _card(talk, order_id)


async def money_back(talk: Talk, order_id: int) -> Screen:
    """No other time: the order ends and everything paid goes back."""
    view = await _mine(talk, order_id)
    if view.order.state is not State.CHOOSING:
        return await _card(talk, order_id)
    by = By(Actor.CUSTOMER, talk.person.id)
    try:
        await talk.core.orders.cancel(order_id=order_id, by=by, now=talk.now, reason="no_provider")
    except DomainError as error:
        return await _refused(talk, order_id, error)
    talk.toast(talk.words.plain("Cancelled. It costs you nothing."))
    return await _card(talk, order_id)


async def wait(talk: Talk, order_id: int) -> Screen:
    try:
        await talk.core.lateness.wait(order_id=order_id, customer_id=talk.person.id, now=talk.now)
    except DomainError as error:
        return await _refused(talk, order_id, error)
    talk.toast(talk.words.plain("Thank you. We told them that you are waiting."))
    return await _card(talk, order_id)


async def somebody_else(talk: Talk, order_id: int) -> Screen:
    try:
        await talk.core.lateness.replace(
            order_id=order_id, customer_id=talk.person.id, now=talk.now
        )
    except DomainError as error:
        return await _refused(talk, order_id, error)
    talk.toast(talk.words.plain("We are finding somebody else right now."))
    return await _card(talk, order_id)


async def other_times(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nobody can come then: three other times and the way out, at the bottom of the chat."""
    view = await core.orders.view(order_id=letter.subject)
    order = view.order
    if order.customer_id != letter.person_id or order.state is not State.CHOOSING:
        return None
    found = await core.choosing.alternatives(order_id=order.id, now=now)
    screen = rescue_screens.times(order, found, 0, now, words)
    return replace(screen, card=Card("order", order.id, anew=True))


LETTERS: dict[str, Renderer] = {"other_times": other_times}
