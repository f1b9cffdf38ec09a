"""What is wrong in what staff write into the catalogue and the frequent questions."""

from bot.errors.saying import Said
from bot.i18n import Words
from bot.words import spoken
from core import errors as e


def _per_cent(error: e.Invalid, words: Words) -> str:
    return words.plain("Please send a percentage, for example 15.")


def _per_cent_bounds(error: e.Invalid, words: Words) -> str:
    most = int(str(error.facts["high"])) // 100
    return words.plain("Between 0 and {most} per cent.", most=most)


INVALID: Said = {
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
}
