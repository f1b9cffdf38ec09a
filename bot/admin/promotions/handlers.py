"""The list, one coupon, its code as a picture, its one-time codes as a file; pausing and stopping."""

import asyncio
import re
from contextlib import AbstractAsyncContextManager

from bot.adapters.qr import qr_picture
from bot.admin.parts import acting, looked, me
from bot.admin.promotions import screens
from bot.admin.promotions.draft_screens import most_of
from bot.admin.promotions.fields import Things
from bot.admin.promotions.files import codes_file
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import AlreadyDone, Unknown
from core.permissions import may
from core.promotions.model import Coupon
from core.promotions.terms import MOST_CODES

ACT = "promotions.change"
PAUSED, RESUMED, STOPPED = mark("paused"), mark("goes on"), mark("stopped")


def things(talk: Talk, coupon: Coupon) -> Things:
    return talk.core.catalog.covered(service_ids=coupon.service_ids)


async def _changes(talk: Talk) -> bool:
    return may(role=(await me(talk)).role, action=ACT)


async def coupons(talk: Talk) -> Screen:
    return await page(talk, 0, 0)


async def page(talk: Talk, over: int, number: int) -> Screen:
    talk.rest()
    found = await talk.core.promotions.all(over=bool(over), now=talk.now)
    return screens.coupons(
        talk.words, found, number, talk.now, over=bool(over), changes=await _changes(talk)
    )


async def show(talk: Talk, coupon_id: int) -> Screen:
    talk.rest()
    one = await talk.core.promotions.look(coupon_id=coupon_id)
    return screens.coupon(
        talk.words, one, things(talk, one.coupon), talk.now, spent=one.coupon.used,
        changes=await _changes(talk),
    )  # fmt: skip


async def _coupon(talk: Talk, coupon_id: int) -> Coupon:
    return (await talk.core.promotions.look(coupon_id=coupon_id)).coupon


async def pause(talk: Talk, coupon_id: int, active: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    try:
        async with changing(talk, coupon, talk.words.plain(RESUMED if active else PAUSED)):
            await talk.core.promotions.pause(coupon_id=coupon_id, active=bool(active), now=talk.now)
    except AlreadyDone:
        talk.toast(talk.words.plain("It is so already."))
    return await show(talk, coupon_id)


def changing(talk: Talk, coupon: Coupon, what: str) -> AbstractAsyncContextManager[None]:
    """What is done to it inside goes into the log."""
    return acting(talk, ACT, subject=_named(talk, coupon), reason=what)


def _named(talk: Talk, coupon: Coupon) -> str:
    return f"{talk.words.pick(coupon.names)} {coupon.code}"


async def ask_stop(talk: Talk, coupon_id: int) -> Screen:
    return screens.stop(talk.words, await _coupon(talk, coupon_id))


async def stop(talk: Talk, coupon_id: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    try:
        async with changing(talk, coupon, talk.words.plain(STOPPED)):
            await talk.core.promotions.stop(coupon_id=coupon_id, now=talk.now)
    except AlreadyDone:
        talk.toast(talk.words.plain("It is so already."))
    return await show(talk, coupon_id)


async def share(talk: Talk, coupon_id: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    if coupon.singly:
        raise Unknown("coupon")
    link = talk.shop("d", coupon.id)
    picture = await asyncio.to_thread(qr_picture, link, name=f"{coupon.id}.png", scale=12)
    return screens.share(talk.words, coupon, link, picture)


async def preview(talk: Talk, coupon_id: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    return screens.as_customers(talk.words, coupon, things(talk, coupon))


async def codes(talk: Talk, coupon_id: int) -> Screen:
    """Who has a code has money: that they were handed out is written down."""
    coupon = await _coupon(talk, coupon_id)
    found = await talk.core.promotions.codes(coupon_id=coupon_id)
    made = await asyncio.to_thread(codes_file, coupon, found, talk.shop, talk.words)
    what = talk.words.plain("codes as a file")
    await looked(talk, ACT, subject=_named(talk, coupon), reason=what)
    return screens.codes(talk.words, coupon, made)


async def more(talk: Talk, coupon_id: int) -> Screen:
    talk.expect("coupon_codes", coupon_id=coupon_id)
    return screens.how_many(talk.words, await _coupon(talk, coupon_id), MOST_CODES)


async def more_said(talk: Talk) -> Screen:
    coupon_id = int(talk.memory["coupon_id"])
    found = re.search(r"\d{1,6}", talk.incoming.text)
    return await sure_more(talk, coupon_id, int(found[0]) if found else 0)


async def sure_more(talk: Talk, coupon_id: int, count: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    if not 1 <= count <= MOST_CODES:
        return await more(talk, coupon_id)
    return screens.surely_more(talk.words, coupon, count, most_of(coupon, count))


async def make_more(talk: Talk, coupon_id: int, count: int, version: int) -> Screen:
    coupon = await _coupon(talk, coupon_id)
    try:
        async with changing(talk, coupon, talk.words.plain("{n} more codes", n=count)):
            await talk.core.promotions.more_codes(coupon_id=coupon_id, count=count, version=version)
        talk.toast(talk.words.plain("Done."))
    except AlreadyDone:
        talk.toast(talk.words.plain("It has changed meanwhile. Please look again."), alert=True)
    return await show(talk, coupon_id)
