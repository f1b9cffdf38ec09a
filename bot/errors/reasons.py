"""Refusals that have reasons of their own: coupons, payouts, missing photos, what is switched off, who is on hold."""

from datetime import datetime
from typing import Any

from bot.i18n import Words, mark
from core import errors as e

PHOTOS_MISSING = {
    "before": mark("First send a photo of how it looks before you start."),
    "after": mark("First send a photo of the finished work."),
}

SWITCHED_OFF = {
    "bookings_open": mark("We aren't taking new bookings right now. Please try again later."),
    "applications_open": mark("We aren't taking on anybody new right now. Please ask again later."),
    "series_open": mark("Repeated visits can't be booked right now. Single visits can."),
    "waitlist_open": mark("The waiting list is closed right now. Please pick another time."),
}

COUPON_GONE = {
    "": mark("This coupon can't be used here any more."),
    "over": mark("This deal is over. There may be others for you."),
    "used": mark("You have already used this deal. There may be others for you."),
    "newcomers": mark("This deal is for the first order only. There may be others for you."),
    "elsewhere": mark("Nobody near you offers this deal at the moment."),
    "unknown": mark("No coupon has this code. Please check the letters, or tap one of the list."),
    "empty": mark("All of these coupons are used up. There may be others for you."),
    "paused": mark("This deal is paused at the moment. Please try again later."),
    "spent": mark("This code was used already: each is good for one visit."),
    "taken": mark("Somebody else has this code already: each is good for one person."),
    "code": mark("This deal needs a code of its own. Have one? Just type it."),
}

CHECKOUT_REFUSED = {
    "unknown": mark("We don't know this payment. Open your order and tap Pay once more."),
    "paid": mark("This is paid already. You don't need to do anything."),
    "under_way": mark(
        "Somebody is just paying this. If it didn't work, please try again in two minutes."
    ),
    "over": mark("The time to pay is over. Open your order to see how it goes on, or book anew."),
    "differs": mark("The amount has changed. Open your order and pay the new one."),
}

PAYOUT_RULES = {
    "off": mark(
        "Withdrawals are switched off here at the moment. Your money stays on your balance."
    ),
    "account": mark("Please add the account you want to be paid to first."),
    "least": mark("A withdrawal is at least {amount}."),
    "funds": mark("That's more than you have: {amount} is available."),
    "hold": mark("Part of that is still on hold: {amount} is available now."),
    "owed": mark(
        "{amount} that you owe for cash jobs is kept back until your next earnings pay it."
    ),
    "day": mark("That's more than may be withdrawn in a day: {amount} is left for today."),
    "cool": mark("You changed your account a short time ago. For your safety it waits a little."),
}


def on_hold(error: e.Frozen, words: Words) -> str:
    why = words.known(error.reason)
    if not why:
        return words.plain("Your account is on hold. Please contact support.")
    return words.plain(
        "You can't book just now: {reason}. Is it a mistake? Write to us, /help leads there.",
        reason=why[:90],
    )


def coupon_gone(gone: e.CouponGone, words: Words) -> str:
    """Why a code doesn't count, and what would make it count."""
    facts: dict[str, Any] = gone.facts
    if gone.why == "minimum":
        return words.plain(
            "This coupon counts from {least} on: {lacking} more, an extra for example, and it does.",
            least=words.money(facts["least"]), lacking=words.money(facts["lacking"]),
        )  # fmt: skip
    if gone.why == "soon":
        return words.plain("This deal begins {when}.", when=_moment(facts["starts_at"], words))
    if gone.why == "other":
        names = words.plain(", ").join(words.pick(one) for one in facts.get("names", [])[:5])
        return words.plain("This coupon is for something else: {names}.", names=names)
    return words.plain(COUPON_GONE[gone.why])


def _moment(moment: datetime, words: Words) -> str:
    return f"{words.weekday_date(words.local(moment).date())} {words.time(moment)}"


def checkout_refused(refusal: e.CheckoutRefused, words: Words) -> str:
    """Read in Telegram's own payment form by whoever pays, with what to do next."""
    return words.plain(CHECKOUT_REFUSED[refusal.why])


def payout_refused(refusal: e.PayoutRefused, words: Words) -> str:
    """Which rule says no, and when it passes where time alone does it."""
    said = words.plain(PAYOUT_RULES[refusal.rule], amount=words.money(refusal.amount))
    if refusal.until is None:
        return said
    when = words.plain("Possible from {when}.", when=_moment(refusal.until, words))
    return f"{said}\n{when}"
