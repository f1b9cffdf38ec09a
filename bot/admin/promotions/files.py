"""One-time codes as a table to print or to hand to a partner."""

from collections.abc import Sequence

from bot.adapters.sheets import Column, sheet
from bot.giving import gives, until
from bot.i18n import Words, mark
from bot.links import Links
from bot.screen import File
from core.promotions.model import Coupon, CouponCode

FREE, HELD, SPENT = mark("free"), mark("with a customer"), mark("used")


def codes_file(coupon: Coupon, codes: Sequence[CouponCode], shop: Links, words: Words) -> File:
    columns = [
        Column(words.plain("Code"), width=26), Column(words.plain("Link"), width=60),
        Column(words.plain("State"), width=18),
    ]  # fmt: skip
    title = " · ".join((words.pick(coupon.names), gives(words, coupon), until(words, coupon)))
    rows = [(one.code, shop("c", one.id), words.plain(_state(one))) for one in codes]
    return sheet(
        name=f"codes-{coupon.code}", title=title, columns=columns, rows=rows, words=words,
        currency=words.currency,
    )  # fmt: skip


def _state(one: CouponCode) -> str:
    if one.order_id is not None:
        return SPENT
    return FREE if one.holder_id is None else HELD
