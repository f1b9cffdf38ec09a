"""What is wrong in a coupon or in a statement of a gateway that staff send."""

from bot.errors.saying import Said
from bot.i18n import Words
from core import errors as e


def _coupon_money(error: e.Invalid, words: Words) -> str:
    most = words.money(int(str(error.facts["high"])))
    return words.plain("That is no amount for it: up to {most}.", most=most)


def _coupon_count(error: e.Invalid, words: Words) -> str:
    low, high = (words.number(int(str(error.facts[name]))) for name in ("low", "high"))
    return words.plain("A number from {low} to {high}, please.", low=low, high=high)


INVALID: Said = {
    ("statement", "columns"): lambda x, w: w.plain(
        "These columns are missing: {names}.", names=x.facts["names"]
    ),
    ("statement", "line"): lambda x, w: w.plain(
        "Line {n} can't be read. Nothing was compared.", n=x.facts["number"]
    ),
    ("reference", "taken"): lambda x, w: w.plain(
        "This very number is already noted for another refund. Please type the one of this refund."
    ),
    ("statement", "empty"): lambda x, w: w.plain("There is no line in this file."),
    ("coupon_percent_bp", "bounds"): lambda x, w: w.plain(
        "That is no share: it can be up to 100%."
    ),
    ("coupon_amount", "bounds"): _coupon_money,
    ("coupon_cap", "bounds"): _coupon_money,
    ("coupon_minimum", "bounds"): _coupon_money,
    ("coupon_uses", "bounds"): _coupon_count,
    ("coupon_per_person", "bounds"): _coupon_count,
    ("coupon_codes", "bounds"): _coupon_count,
    ("coupon_gives", "nothing"): lambda x, w: w.plain("It gives nothing yet. Say what it gives."),
    ("coupon_gives", "both"): lambda x, w: w.plain("Either an amount or a share, not both."),
    ("coupon_code", "form"): lambda x, w: w.plain(
        "A code has 3 to 24 letters, digits and hyphens, for example SPRING20."
    ),
    ("coupon_code", "taken"): lambda x, w: w.plain("That code exists already. Take another one."),
    ("coupon_ends_at", "order"): lambda x, w: w.plain("It would end before it begins."),
    ("coupon_ends_at", "far"): lambda x, w: w.plain("It can run for two years at most."),
    ("coupon_ends_at", "over"): lambda x, w: w.plain(
        "It would be over already. Give it another end."
    ),
    ("coupon_uses", "used"): lambda x, w: w.plain(
        "It was used {n} times already: not fewer than that.", n=w.number(int(x.facts["used"]))
    ),
    ("coupon_uses", "codes"): lambda x, w: w.plain(
        "It counts as often as it has codes. Tap “More codes” instead."
    ),
    ("coupon_per_person", "used"): lambda x, w: w.plain(
        "Somebody used it {n} times already: not fewer than that.",
        n=w.number(int(x.facts["used"])),
    ),
}
