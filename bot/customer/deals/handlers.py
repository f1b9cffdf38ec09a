"""Shows promotions that can really be used now; choosing a service takes the coupon into the draft."""

from bot.conversation import Talk
from bot.customer.deals import screens
from bot.customer.parts import share
from bot.customer.providers.view import View
from bot.errors import sentence
from bot.follow import follow
from bot.screen import Screen, press
from core.errors import CouponGone


async def deals(talk: Talk, page: int) -> Screen:
    talk.rest()
    found = await talk.core.deals.usable(person=talk.person, now=talk.now)
    return screens.deals(talk.words, talk.person, found, page)


async def my_deals(talk: Talk) -> Screen:
    return await deals(talk, 0)


async def deal(talk: Talk, coupon_id: int, page: int) -> Screen:
    """One promotion; who cannot use it is told why."""
    try:
        found = await talk.core.deals.deal(person=talk.person, coupon_id=coupon_id, now=talk.now)
    except CouponGone as gone:
        return screens.not_for_you(talk.words, sentence(gone, talk.words))
    categories = talk.core.catalog.covered(service_ids=found.coupon.service_ids)
    button = share(talk.words, talk.link, "d", coupon_id)
    return screens.deal(talk.words, talk.person, found, categories, page, share=button)


async def coded(talk: Talk, text: str) -> Screen | None:
    """The promotion whose code or name was typed, or why the code doesn't count; None for other words."""
    try:
        coupon = await talk.core.deals.named(text=text, person_id=talk.person.id, now=talk.now)
    except CouponGone as gone:
        return screens.not_for_you(talk.words, sentence(gone, talk.words))
    return await deal(talk, coupon.id, 0) if coupon else None


async def brought(talk: Talk, code_id: int) -> Screen:
    """By the link of a code that is good once. Raises Unknown.

    No button carries this: who knows one code could guess the next.
    """
    try:
        coupon = await talk.core.deals.brought(code_id=code_id, person_id=talk.person.id)
    except CouponGone as gone:
        return screens.not_for_you(talk.words, sentence(gone, talk.words))
    return await deal(talk, coupon.id, 0)


async def take(talk: Talk, coupon_id: int, service_id: int) -> Screen | None:
    """On to who can come, the coupon taken off already."""
    try:
        await talk.core.deals.take(
            person=talk.person, coupon_id=coupon_id, service_id=service_id, now=talk.now
        )
    except CouponGone as gone:
        return screens.not_for_you(talk.words, sentence(gone, talk.words))
    talk.toast(talk.words.plain("The coupon is in: prices are shown with it."))
    return await follow(talk, press("l", service_id, View().code, 0))
