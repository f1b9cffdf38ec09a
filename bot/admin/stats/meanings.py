"""What each figure counts, in a sentence: printed where staff ask for it."""

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.admin.stats.names import MEASURE_NAMES
from bot.i18n import Words, mark
from bot.screen import Screen
from core.platform.measures import Measure

MEANINGS = {
    Measure.ORDERS: mark("orders that customers placed, paid or not, whatever became of them"),
    Measure.DONE: mark("visits whose work was finished"),
    Measure.AMOUNT: mark("price of the work that was settled, before coupons, as in the book"),
    Measure.COMMISSION: mark("the platform’s share of the turnover, less what was given up in refunds, as in the book"),
    Measure.AVERAGE: mark("turnover divided by the orders settled"),
    Measure.REFUNDS: mark("money that is back with customers"),
    Measure.CANCELLED: mark("orders that ended without the work, for whatever cause"),
    Measure.CANCEL_RATE: mark("cancelled orders out of all that were cancelled or done"),
    Measure.ON_TIME: mark("arrived within {n} minutes of the start, out of the jobs done with a known arrival"),
    Measure.RATING: mark("mean of quality, attitude and skill in the reviews customers can read"),
    Measure.REVIEWS: mark("reviews customers can read"),
    Measure.CUSTOMERS: mark("different people who placed an order"),
    Measure.NEW_USERS: mark("people who wrote to one of the bots for the first time"),
    Measure.ACTIVE: mark("different people who wrote or tapped in the customer or provider bot that day"),
    Measure.SEARCHES: mark("services looked for, typed or tapped, each once per customer and hour"),
    Measure.UNMET: mark("nobody could come within two weeks or at the time asked for, or it is no service of ours"),
}  # fmt: skip


def meanings(words: Words, *, late_minutes: int, back_to: str) -> Screen:
    told = [
        words("<b>{name}</b>: {meaning}", name=words.plain(MEASURE_NAMES[measure]),
              meaning=words.plain(MEANINGS[measure], n=late_minutes))
        for measure in MEASURE_NAMES
    ]  # fmt: skip
    text = lines(
        words("ℹ️ <b>What is counted</b>"),
        words("Everything counts on the day it happened, by the clocks here. Weeks begin on Monday."),
        Markup(""),
        *told,
        Markup(""),
        words(
            "Categories are the highest ones. The hour is that of the visit, the district that of "
            "its address. A category, district or hour with nothing in it is not shown."
        ),
        words(
            "From looking to paid: customers, each once a day. Up to the order all who came so far or "
            "further; then those whose orders of these days were paid (on site: done) and done."
        ),
    )  # fmt: skip
    return Screen(text, [back(words, back_to)])
