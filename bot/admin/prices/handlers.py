"""Staff decide on prices; each decision is logged with the provider and what was asked."""

from bot.admin.parts import logged, me, sign
from bot.admin.prices import screens
from bot.conversation import Talk
from bot.screen import Screen
from bot.words import PRICE_REASONS
from core.errors import AlreadyDone
from core.prices.deciding import Whole


async def prices(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.price_desk.waiting()
    return screens.prices(talk.words, waiting, number, now=talk.now)


async def _look(talk: Talk, request_id: int) -> Whole:
    return await talk.core.price_desk.look(request_id=request_id)


async def show(talk: Talk, request_id: int) -> Screen:
    return screens.card(talk.words, await _look(talk, request_id), now=talk.now)


async def take(talk: Talk, request_id: int) -> Screen:
    try:
        name = sign(await me(talk), talk)
        await talk.core.price_desk.take(request_id=request_id, name=name)
    except AlreadyDone:
        one = await _look(talk, request_id)
        talk.toast(talk.words.plain("Taken by {name}.", name=one.request.taken_by))
    return await show(talk, request_id)


async def approve(talk: Talk, request_id: int, price: int) -> Screen:
    """The price that was on the card, and no other one."""
    one = await _look(talk, request_id)
    if one.request.price != price:
        talk.toast(talk.words.plain("Another price is asked for by now. Please look again."))
        return await show(talk, request_id)
    member = await me(talk)
    await talk.core.price_desk.approve(
        request_id=request_id, price=price, by=member.telegram_id, now=talk.now
    )
    await _log(talk, one, "✅")
    talk.toast(talk.words.plain("Approved."))
    return await show(talk, request_id)


async def _log(talk: Talk, one: Whole, what: str) -> None:
    asked = talk.words.money(one.request.price)
    reason = f"{what} {talk.words.pick(one.service.names)} {asked}"
    await logged(talk, "prices.decide", subject=one.provider.name, reason=reason)


async def ask_why(talk: Talk, request_id: int) -> Screen:
    talk.expect("price_why", request=request_id)
    return screens.ask_why(talk.words, await _look(talk, request_id))


async def reject(talk: Talk, request_id: int, number: int) -> Screen:
    """One of the usual reasons, which the provider reads in their own language."""
    return await _end(talk, request_id, PRICE_REASONS[number % len(PRICE_REASONS)])


async def why_said(talk: Talk) -> Screen:
    request_id = int(talk.memory.get("request", 0))
    if not talk.incoming.text.strip():
        return screens.ask_why(talk.words, await _look(talk, request_id))
    return await _end(talk, request_id, talk.incoming.text)


async def _end(talk: Talk, request_id: int, reason: str) -> Screen:
    member = await me(talk)
    talk.rest()
    await talk.core.price_desk.reject(
        request_id=request_id, by=member.telegram_id, reason=reason, now=talk.now
    )
    one = await _look(talk, request_id)
    await _log(talk, one, f"✖ {one.request.reason}:")
    return screens.ended(talk.words, one)


async def nothing(talk: Talk, request_id: int) -> Screen:
    talk.rest()
    return screens.ended(talk.words, await _look(talk, request_id))
