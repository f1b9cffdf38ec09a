"""Domain errors as sentences: what happened and what to do next, one row per class."""

from bot.errors import booking, catalogue, files, giving, talk, working
from bot.errors.reasons import (
    PHOTOS_MISSING,
    SWITCHED_OFF,
    checkout_refused,
    coupon_gone,
    on_hold,
    payout_refused,
)
from bot.errors.saying import Said, Say
from bot.i18n import Words
from core import errors as e

INVALID: Said = {
    **booking.INVALID, **files.INVALID, **talk.INVALID, **working.INVALID, **catalogue.INVALID, **giving.INVALID,
}  # fmt: skip


def _invalid(error: e.Invalid, words: Words) -> str:
    return INVALID.get((error.name, error.reason), _unclear)(error, words)


def _unclear(error: e.Invalid, words: Words) -> str:
    return words.plain("That doesn't look right. Please check it and try again.")


SENTENCES: dict[type[e.DomainError], Say] = {
    e.Unknown: lambda x, w: w.plain("This is no longer available."),
    e.NotAllowedNow: lambda x, w: w.plain(
        "That's not possible any more. Here is how things stand."
    ),
    e.OutOfDate: lambda x, w: w.plain("Something changed just now. Please look again."),
    e.SlotTaken: lambda x, w: w.plain("Someone just took this time. Please pick another."),
    e.DayFull: lambda x, w: w.plain("This day is fully booked. Please pick another day."),
    e.TooManyHolds: lambda x, w: w.plain_plural(
        "You already have {n} unpaid booking. Pay or cancel it first.",
        "You already have {n} unpaid bookings. Pay or cancel one first.",
        x.limit,
    ),
    e.CouponGone: coupon_gone,
    e.FeeChanged: lambda x, w: w.plain(
        "The fee has changed: cancelling costs {fee} now. Please look again.", fee=w.money(x.fee)
    ),
    e.GivenMeanwhile: lambda x, w: w.plain(
        "Something went back meanwhile; {left} could still go back. Please look again.",
        left=w.money(x.left),
    ),
    e.TooLate: lambda x, w: w.plain(
        "It's too late for another time here. Please ask for help, or call the hotline."
    ),
    e.WrongCode: lambda x, w: (
        w.plain_plural(
            "That code isn't right. {n} try left.", "That code isn't right. {n} tries left.", x.left
        )
        if x.left
        else w.plain("Too many wrong codes. Please contact support to start.")
    ),
    e.TalkOver: lambda x, w: w.plain_plural(
        "You can write to each other once the visit is accepted, until {n} hour after its end.",
        "You can write to each other once the visit is accepted, until {n} hours after its end.",
        x.hours,
    ),
    e.OtherHands: lambda x, w: w.plain(
        "Somebody else has taken over this order. Please send it again if it is for them."
    ),
    e.PhotosMissing: lambda x, w: w.plain(PHOTOS_MISSING[x.stage]),
    e.Invalid: _invalid,
    e.OwnDecision: lambda x, w: w.plain(
        "You put this account on hold yourself, so a colleague decides on the appeal."
    ),
    e.Taken: lambda x, w: w.plain(
        "{name} has it in hand since {time}.", name=x.name, time=w.lasting(x.at)
    ),
    e.AlreadyDone: lambda x, w: w.plain("Already done."),
    e.SwitchedOff: lambda x, w: w.plain(SWITCHED_OFF[x.what]),
    e.Frozen: on_hold,
    e.NotPermitted: lambda x, w: w.plain("Your role doesn't include this."),
    e.PayoutRefused: payout_refused,
    e.CheckoutRefused: checkout_refused,
    e.StandsStill: lambda x, w: w.plain(
        "We are looking through our records just now. You can see everything here; booking and paying are possible "
        "again soon."
    ),
    e.BackupsOff: lambda x, w: w.plain(
        "There is no key for backups. Put BACKUP_KEY into .env as .env.example says."
    ),
    e.PaymentUnavailable: lambda x, w: w.plain(
        "Payment isn't answering right now. Please try again in a minute."
    ),
}


def sentence(error: e.DomainError, words: Words) -> str:
    """The sentence for an error, plain text of at most 200 characters or so."""
    say = SENTENCES.get(type(error), _sorry)
    return say(error, words)


def _sorry(error: e.DomainError, words: Words) -> str:
    return words.plain("That didn't work. Please try again.")
