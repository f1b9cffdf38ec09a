"""Time off at once, and the visits in it: somebody else comes, another time is asked for, or they stay."""

from bot.conversation import Talk
from bot.provider.away import screens
from bot.provider.schedule import amend
from bot.provider.schedule import amend_screens as plans
from bot.provider.schedule.coded import amendment_of
from bot.screen import Screen
from core.errors import Invalid
from core.people.absence import Care


async def choose(talk: Talk) -> Screen:
    """From when, for how long; anything else can be typed."""
    talk.expect("", at="off")
    return screens.choose(talk.words, now=talk.now)


async def take(talk: Talk, code: str) -> Screen:
    """Saved at once where no visit lies in it; else what is to become of them is asked first."""
    amendment = amendment_of(code)
    first = await amend.at_once(talk, amendment)
    if first is not None:
        return first
    talk.toast(talk.words.plain("Saved."))
    return plans.saved(talk.words, amendment, now=talk.now)


async def care(talk: Talk, code: str, how: str) -> Screen:
    """One answer for all visits in it; a second tap finds none left."""
    amendment = amendment_of(code)
    touched = await talk.core.absence.leave(
        person_id=talk.person.id, amendment=amendment, care=_care(how), now=talk.now
    )
    said = screens.cared(talk.words, _care(how), len(touched))
    return plans.saved(talk.words, amendment, said, now=talk.now)


def _care(how: str) -> Care:
    try:
        return Care(how)
    except ValueError:
        raise Invalid("care", "unknown") from None


async def missed(talk: Talk, code: str) -> Screen:
    """Saves the time off, then one visit after the other is decided."""
    if code != screens.ALREADY:
        await talk.core.absence.leave(
            person_id=talk.person.id, amendment=amendment_of(code), care=Care.KEEP, now=talk.now
        )
        talk.toast(talk.words.plain("Saved."))
    left = await talk.core.touched.missed(person_id=talk.person.id, now=talk.now)
    return screens.missed(talk.words, left, now=talk.now)


async def one(talk: Talk, order_id: int) -> Screen:
    view = await talk.core.orders.for_provider(order_id=order_id, person_id=talk.person.id)
    return screens.one(talk.words, view.order, now=talk.now)


async def care_one(talk: Talk, order_id: int, how: str) -> Screen:
    await talk.core.absence.settle(
        person_id=talk.person.id, order_id=order_id, care=_care(how), now=talk.now
    )
    talk.toast(screens.cared_one(talk.words, _care(how)))
    left = await talk.core.touched.missed(person_id=talk.person.id, now=talk.now)
    return screens.missed(
        talk.words, [order for order in left if order.id != order_id], now=talk.now
    )
