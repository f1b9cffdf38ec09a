"""Domain errors as sentences: what happened and what to do next, one row per class."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.i18n import Words, mark
from bot.words import spoken
from core import errors as e

Say = Callable[[Any, Words], str]


def _invalid(error: e.Invalid, words: Words) -> str:
    return INVALID.get((error.name, error.reason), _unclear)(error, words)


def _unclear(error: e.Invalid, words: Words) -> str:
    return words.plain("That doesn't look right. Please check it and try again.")


def _coupon_money(error: e.Invalid, words: Words) -> str:
    most = words.money(int(str(error.facts["high"])))
    return words.plain("That is no amount for it: up to {most}.", most=most)


def _coupon_count(error: e.Invalid, words: Words) -> str:
    low, high = (words.number(int(str(error.facts[name]))) for name in ("low", "high"))
    return words.plain("A number from {low} to {high}, please.", low=low, high=high)


def _on_hold(error: e.Frozen, words: Words) -> str:
    why = words.known(error.reason)
    if not why:
        return words.plain("Your account is on hold. Please contact support.")
    return words.plain(
        "You can't book just now: {reason}. Is it a mistake? Write to us, /help leads there.",
        reason=why[:90],
    )


def _per_cent(error: e.Invalid, words: Words) -> str:
    return words.plain("Please send a percentage, for example 15.")


def _per_cent_bounds(error: e.Invalid, words: Words) -> str:
    most = int(str(error.facts["high"])) // 100
    return words.plain("Between 0 and {most} per cent.", most=most)


def _no_more_delay(error: e.Invalid, words: Words) -> str:
    most = int(str(error.facts["most"]))
    if not most:
        return words.plain("You can't announce more delay: the customer may want somebody else.")
    return words.plain("From 1 to {most} minutes. Later than that needs another time.", most=most)


INVALID: dict[tuple[str, str], Say] = {
    ("phone", "format"): lambda x, w: w.plain(
        "That doesn't look like a phone number. Try again, for example 13800138000."
    ),
    ("starts_at", "not_offered"): lambda x, w: w.plain(
        "That time is no longer free. Please pick another."
    ),
    ("starts_at", "same"): lambda x, w: w.plain("That is the time you have. Please pick another."),
    ("starts_at", "missing"): lambda x, w: w.plain("Please choose a time first."),
    ("waiting", "too_many"): lambda x, w: w.plain(
        "You wait for {most} days already. Leave one first: My orders, Waiting list.",
        most=x.facts.get("most", 5),
    ),
    ("series", "pay"): lambda x, w: w.plain(
        "This service is paid in another way now. Please book it once more, then repeat that visit."
    ),
    ("series", "too_many"): lambda x, w: w.plain(
        "You have {most} repeated visits already. Stop one first.", most=x.facts.get("most", 3)
    ),
    ("detail", "missing"): lambda x, w: w.plain("Please add the exact address first."),
    ("lat", "missing"): lambda x, w: w.plain("Please tell us where to come first."),
    ("lat", "too_far"): lambda x, w: w.plain(
        "This provider doesn't come that far. Choose a nearer address or another provider."
    ),
    ("method", "missing"): lambda x, w: w.plain("Please choose how to pay first."),
    ("text", "missing"): lambda x, w: w.plain("Please write a few words first."),
    ("scores", "missing"): lambda x, w: w.plain("Please give stars for all three first."),
    ("file", "too_large"): lambda x, w: w.plain(
        "That file is too large: {most} MB at most. A shorter or smaller one will do.",
        most=x.facts.get("most", 20),
    ),
    ("file", "kind"): lambda x, w: w.plain("That kind of file doesn't work here. Send a photo."),
    ("file", "too_many"): lambda x, w: w.plain(
        "That's a lot of files for one day. Please send more tomorrow."
    ),
    ("file", "too_many_pixels"): lambda x, w: w.plain(
        "That picture is too large to open. Please send it as a photo, not as a file."
    ),
    ("file", "not_a_video"): lambda x, w: w.plain(
        "We couldn't open that video. Please send it straight from your gallery."
    ),
    ("file", "too_long"): lambda x, w: w.plain(
        "That video is too long: 3 minutes at most. Please cut it shorter."
    ),
    ("file", "too_sharp"): lambda x, w: w.plain(
        "That video's picture is too large. Please send it straight from your gallery."
    ),
    ("reply", "missing"): lambda x, w: w.plain("Only words here, please."),
    ("reply", "too_long"): lambda x, w: w.plain(
        "That's {n} characters, {most} are the most. Please say it a bit shorter.",
        n=x.facts["n"],
        most=x.facts["most"],
    ),
    ("review", "own_work"): lambda x, w: w.plain(
        "You can't review your own work. If you think this is wrong, please contact support."
    ),
    ("file", "not_a_picture"): lambda x, w: w.plain("We couldn't open that picture. Try another."),
    ("file", "heic"): lambda x, w: w.plain(
        "Pictures of this kind (HEIC) don't open everywhere. Please send it as a photo, not as a file."
    ),
    ("file", "not_a_paper"): lambda x, w: w.plain(
        "We couldn't open that PDF. Please save it once more, or send a photo of it."
    ),
    ("file", "locked"): lambda x, w: w.plain(
        "That PDF has a password. Please send it without one, or a photo of it."
    ),
    ("place", "unknown"): lambda x, w: w.plain(
        "We don't know this place. Try a district or a street."
    ),
    ("phone", "taken"): lambda x, w: w.plain(
        "Another provider here has this number. Please use your own; our staff can help, see Help."
    ),
    ("file", "not_a_voice"): lambda x, w: w.plain(
        "We couldn't open that voice message. Please record it once more."
    ),
    ("pay", "missing"): lambda x, w: w.plain("Please choose how to pay first."),
    ("pay", "not_offered"): lambda x, w: w.plain(
        "That way of paying isn't offered any more. Please choose another."
    ),
    ("provider_id", "missing"): lambda x, w: w.plain("Please choose a provider first."),
    ("further", "too_many"): lambda x, w: w.plain(
        "{most} services are the most in one visit.", most=x.facts["most"]
    ),
    ("photos", "too_many"): lambda x, w: w.plain("That's enough photos, ten at most."),
    ("amount", "bounds"): lambda x, w: w.plain(
        "The amount can be at most {most}.", most=w.money(int(x.facts["most"]))
    ),
    ("account", "bank"): lambda x, w: w.plain(
        "That card number isn't right. Please check the digits and type it again."
    ),
    ("account", "alipay"): lambda x, w: w.plain(
        "An Alipay account is a phone number or an e-mail address. Please type it again."
    ),
    ("account", "wechat"): lambda x, w: w.plain(
        "A WeChat account is a WeChat ID or a phone number. Please type it again."
    ),
    ("holder", "format"): lambda x, w: w.plain(
        "Please type the name of the account's holder, 2 to {most} letters.", most=x.facts["most"]
    ),
    ("payout", "same_person"): lambda x, w: w.plain(
        "You approved it already. The second approval is for somebody else of the staff."
    ),
    ("name", "format"): lambda x, w: w.plain(
        "A name has 2 to {most} characters and at least one letter.", most=x.facts["most"]
    ),
    ("price", "band"): lambda x, w: w.plain(
        "The price must be between {low} and {high}.",
        low=w.money(int(x.facts["low"])),
        high=w.money(int(x.facts["high"])),
    ),
    ("price", "absurd"): lambda x, w: w.plain(
        "That's too far from the usual. You can ask for {low} to {high}.",
        low=w.money(int(x.facts["low"])),
        high=w.money(int(x.facts["high"])),
    ),
    ("services", "last"): lambda x, w: w.plain(
        "It's the only service you offer. Pause it, or add another one first."
    ),
    ("services", "too_many"): lambda x, w: w.plain(
        "You can offer up to {most} services.", most=x.facts["most"]
    ),
    ("years", "bounds"): lambda x, w: w.plain(
        "Please send a number from 0 to {most}.", most=x.facts["most"]
    ),
    ("appeal", "too_long"): lambda x, w: w.plain(
        "That gets too long. Please keep it under {most} characters; what was there before is kept.",
        **x.facts,
    ),
    ("appeal", "too_many"): lambda x, w: w.plain(
        "{most} files are enough. What was there before is kept.", **x.facts
    ),
    ("answer", "too_long"): lambda x, w: w.plain(
        "That gets too long. Please keep it under {most} characters; what was there before is kept.",
        **x.facts,
    ),
    ("answer", "too_many"): lambda x, w: w.plain(
        "{most} files are enough. What was there before is kept.", **x.facts
    ),
    ("inquiry", "missing"): lambda x, w: w.plain("Please type your question."),
    ("inquiry", "too_many"): lambda x, w: w.plain(
        "{most} questions are open already. Please wait for the answers.", **x.facts
    ),
    ("bio", "too_long"): lambda x, w: w.plain(
        "That's a bit long: {most} characters at most.", most=x.facts["most"]
    ),
    ("radius", "bounds"): lambda x, w: w.plain("Please choose between 1 and 50 km."),
    ("hours", "outside_day"): lambda x, w: w.plain(
        "Working hours must be between 06:00 and 22:00."
    ),
    ("hours", "not_on_quarter"): lambda x, w: w.plain("Please choose times on the quarter hour."),
    ("plan", "too_long"): lambda x, w: w.plain(
        "That's a lot at once. Please tell me one thing first."
    ),
    ("delay", "bounds"): _no_more_delay,
    ("hours", "overlap"): lambda x, w: w.plain("These hours overlap."),
    ("hours", "over"): lambda x, w: w.plain(
        "Those hours of today are over. Please choose later ones or another day."
    ),
    ("day", "too_many"): lambda x, w: w.plain(
        "A holiday has 1 to {most} days, the first day first.", most=x.facts["most"]
    ),
    ("day", "over"): lambda x, w: w.plain("That day is over. Please choose another."),
    ("application", "incomplete"): lambda x, w: w.plain(
        "Something is still missing. Please answer it first."
    ),
    ("staff", "last_owner"): lambda x, w: w.plain(
        "The last owner can't go. Make somebody else an owner first."
    ),
    ("expires_on", "format"): lambda x, w: w.plain("Please type the day like 2027-05-31."),
    ("papers", "not_good"): lambda x, w: w.plain(
        "A certificate that is needed was found not good. Send the application back instead."
    ),
    ("names", "two_lines"): lambda x, w: w.plain(
        "One line in Chinese, one in English, please; one of them alone is fine, too."
    ),
    ("descriptions", "two_lines"): lambda x, w: w.plain(
        "One line in Chinese, one in English, please; one of them alone is fine, too."
    ),
    ("names", "length"): lambda x, w: w.plain(
        "Each name needs 1 to {n} characters.", n=x.facts["most"]
    ),
    ("descriptions", "length"): lambda x, w: w.plain(
        "That text is too long: {n} characters at most.", n=x.facts["most"]
    ),
    ("price", "number"): lambda x, w: w.plain("Please send two prices, for example 80-200."),
    ("price", "order"): lambda x, w: w.plain("The lowest price must lie below the highest."),
    ("price_high", "bounds"): lambda x, w: w.plain(
        "The price can be at most {most}.", most=w.money(int(x.facts["high"]))
    ),
    ("minutes", "number"): lambda x, w: w.plain("Please send a number of minutes."),
    ("minutes", "bounds"): lambda x, w: w.plain(
        "Between {low} and {high} minutes, in steps of {step}.", **x.facts
    ),
    ("commission_bp", "number"): _per_cent,
    ("deposit_bp", "number"): _per_cent,
    ("commission_bp", "bounds"): _per_cent_bounds,
    ("deposit_bp", "bounds"): _per_cent_bounds,
    ("keywords", "length"): lambda x, w: w.plain(
        "At most {n} search words of up to 30 characters each.", n=x.facts["most"]
    ),
    ("option_price", "number"): lambda x, w: w.plain("Please send a price, for example 80."),
    ("option_minutes", "number"): lambda x, w: w.plain("Please send a number of minutes."),
    ("option_max", "number"): lambda x, w: w.plain("Please send a number, for example 3."),
    ("option_minutes", "bounds"): lambda x, w: w.plain(
        "Between {low} and {high} minutes, in steps of {step}.", **x.facts
    ),
    ("option_max", "bounds"): lambda x, w: w.plain(
        "From {low} to {high}.", low=x.facts["low"], high=x.facts["high"]
    ),
    ("option_price", "bounds"): lambda x, w: w.plain(
        "The price can be at most {most}.", most=w.money(int(str(x.facts["high"])))
    ),
    ("options", "too_many"): lambda x, w: w.plain(
        "{most} options are the most.", most=x.facts["most"]
    ),
    ("questions", "too_many"): lambda x, w: w.plain(
        "{most} questions are the most, more of them and people give up.", most=x.facts["most"]
    ),
    ("choices", "too_many"): lambda x, w: w.plain(
        "Two to {most} answers, or “-” to let people type.", most=x.facts["most"]
    ),
    ("choices", "lines"): lambda x, w: w.plain(
        "Please send a line for each answer, for example 挂机 / Wall unit."
    ),
    ("choices", "two_lines"): lambda x, w: w.plain(
        "Please send a line for each answer, for example 挂机 / Wall unit."
    ),
    ("faq", "length"): lambda x, w: w.plain(
        "That is too long to be read here: {n} characters at most.", n=x.facts["most"]
    ),
    ("faq", "half"): lambda x, w: w.plain(
        "In {language} something is still missing. Write all of it, or take it out with “-”.",
        language=spoken(str(x.facts["language"]), w),
    ),
    ("faq", "nothing"): lambda x, w: w.plain("There is nothing written yet."),
    ("faq_topic", "not_empty"): lambda x, w: w.plain(
        "There are questions in it. Remove them first, or hide the topic."
    ),
    ("thing", "not_empty"): lambda x, w: w.plain(
        "There is something in it. Move or remove that first, or hide the category."
    ),
    ("thing", "in_use"): lambda x, w: w.plain_plural(
        "{n} thing stands on it: an order, an offer, a coupon. Hide it instead.",
        "{n} things stand on it: orders, offers, coupons. Hide it instead.",
        int(str(x.facts["uses"])),
    ),
    ("draft", "obstacles"): lambda x, w: w.plain(
        "Not yet: something is missing. Open the draft, it says what."
    ),
    ("emoji", "unknown"): lambda x, w: w.plain("Please send one emoji, for example 🔧."),
    ("work_photos", "too_many"): lambda x, w: w.plain_plural(
        "{n} photo is enough.", "{n} photos are enough.", int(x.facts["most"])
    ),
    ("extra", "too_many"): lambda x, w: w.plain_plural(
        "Only {n} proposal of extra work per visit. Our staff can help.",
        "Only {n} proposals of extra work per visit. Our staff can help.",
        int(x.facts["most"]),
    ),
    ("extra", "too_much"): lambda x, w: w.plain(
        "Extra work can be at most {most} here. Ask our staff if it must be more.",
        most=w.money(int(x.facts["most"])),
    ),
    ("extra", "empty"): lambda x, w: w.plain("First add what is needed, line by line."),
    ("extra", "reason"): lambda x, w: w.plain("First say why it is needed: tap “Reason”."),
    ("extra", "photos"): lambda x, w: w.plain_plural(
        "First send {n} photo of what you found.",
        "First send {n} photos of what you found.",
        int(x.facts["least"]),
    ),
    ("extra", "changed"): lambda x, w: w.plain("It was changed meanwhile. Look again, then send."),
    ("extra", "lines"): lambda x, w: w.plain("{n} lines are enough.", n=x.facts["most"]),
    ("extra", "name"): lambda x, w: w.plain("Each line needs a name."),
    ("extra", "amount"): lambda x, w: w.plain("That amount doesn't look right."),
    ("extra", "talk"): lambda x, w: w.plain(
        "That's a lot of questions. Please talk it over at the door, then answer."
    ),
    ("extra_minutes", "busy"): lambda x, w: w.plain(
        "Your next visit leaves at most {time} more.", time=w.minutes(int(x.facts["most"]))
    ),
    ("choice", "tap"): lambda x, w: w.plain("Please tap one of the buttons."),
    ("statement", "columns"): lambda x, w: w.plain(
        "These columns are missing: {names}.", names=x.facts["names"]
    ),
    ("statement", "line"): lambda x, w: w.plain(
        "Line {n} can't be read. Nothing was compared.", n=x.facts["number"]
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
    ("expires_on", "over"): lambda x, w: w.plain("That day is over. Please check the date."),
}

PHOTOS_MISSING = {
    "before": mark("First send a photo of how it looks before you start."),
    "after": mark("First send a photo of the finished work."),
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


def _coupon_gone(gone: e.CouponGone, words: Words) -> str:
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


def _refused(refusal: e.PayoutRefused, words: Words) -> str:
    """Which rule says no, and when it passes where time alone does it."""
    said = words.plain(PAYOUT_RULES[refusal.rule], amount=words.money(refusal.amount))
    if refusal.until is None:
        return said
    when = words.plain("Possible from {when}.", when=_moment(refusal.until, words))
    return f"{said}\n{when}"


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

SWITCHED_OFF = {
    "bookings_open": mark("We aren't taking new bookings right now. Please try again later."),
    "applications_open": mark("We aren't taking on anybody new right now. Please ask again later."),
    "series_open": mark("Repeated visits can't be booked right now. Single visits can."),
    "waitlist_open": mark("The waiting list is closed right now. Please pick another time."),
}

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
    e.CouponGone: _coupon_gone,
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
    e.Frozen: _on_hold,
    e.NotPermitted: lambda x, w: w.plain("Your role doesn't include this."),
    e.PayoutRefused: _refused,
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
