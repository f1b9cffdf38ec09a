"""Why a booking, a wish for a time or a repeated visit cannot be as it was said."""

from bot.errors.saying import Said
from bot.i18n import Words
from core import errors as e


def _no_more_delay(error: e.Invalid, words: Words) -> str:
    most = int(str(error.facts["most"]))
    if not most:
        return words.plain("You can't announce more delay: the customer may want somebody else.")
    return words.plain("From 1 to {most} minutes. Later than that needs another time.", most=most)


INVALID: Said = {
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
    ("scores", "missing"): lambda x, w: w.plain("Please give stars for all three first."),
    ("place", "unknown"): lambda x, w: w.plain(
        "We don't know this place. Try a district or a street."
    ),
    ("pay", "missing"): lambda x, w: w.plain("Please choose how to pay first."),
    ("pay", "not_offered"): lambda x, w: w.plain(
        "That way of paying isn't offered any more. Please choose another."
    ),
    ("provider_id", "missing"): lambda x, w: w.plain("Please choose a provider first."),
    ("further", "too_many"): lambda x, w: w.plain(
        "{most} services are the most in one visit.", most=x.facts["most"]
    ),
    ("delay", "bounds"): _no_more_delay,
    ("day", "too_many"): lambda x, w: w.plain(
        "A holiday has 1 to {most} days, the first day first.", most=x.facts["most"]
    ),
    ("day", "over"): lambda x, w: w.plain("That day is over. Please choose another."),
}
