"""What a coupon gives, for what, until when: in the same words for customers and for the staff who make it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.i18n import Words
from core.catalog.model import Category, Service
from core.promotions.model import Coupon

MOMENT = timedelta(seconds=1)  # one that ends at midnight holds until the day before
LONGEST = 200


def gives(words: Words, coupon: Coupon) -> str:
    """¥20 off from ¥100, 15% off (up to ¥30): what the coupon takes off, in words."""
    if not coupon.percent_bp or not coupon.cap:
        return _off(words, coupon)
    return words.plain("{off}, up to {cap}", off=_off(words, coupon), cap=words.money(coupon.cap))


def _off(words: Words, coupon: Coupon) -> str:
    minimum, off = words.money(coupon.minimum), words.money(coupon.amount)
    if not coupon.amount:
        share = words.reduction(coupon.percent_bp)
        if not coupon.minimum:
            return words.plain("{share} off", share=share)
        return words.plain("{share} off from {minimum}", share=share, minimum=minimum)
    if not coupon.minimum:
        return words.plain("{off} off", off=off)
    return words.plain("{off} off from {minimum}", off=off, minimum=minimum)


def until(words: Words, coupon: Coupon) -> str:
    return words.plain("until {date}", date=words.date(words.local(coupon.ends_at - MOMENT).date()))


def scope(words: Words, coupon: Coupon, categories: Sequence[Category | Service]) -> str:
    if not coupon.service_ids:
        return words.plain("all services")
    named = words.plain(", ").join(words.pick(thing.names) for thing in categories)
    return named if len(named) <= LONGEST else named[: LONGEST - 1].rstrip() + "…"
