"""How the questions about an arrival look. Pure."""

from datetime import timedelta

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, title
from bot.screen import Button, Screen, grid, press
from core.ids import spell_order_number
from core.orders.arrival import Room
from core.orders.model import Order
from core.orders.tracking import Whereabouts

STEPS_BACK = (5, 10, 15, 30)


def really(order: Order, far: Whereabouts | None, early: bool, words: Words) -> Screen:
    """What speaks against it: the visit is long ahead, the live location is far."""
    text = lines(
        _head(order, words), GAP, words("📍 <b>Are you really there?</b>"),
        words("The visit is {time}. If you say yes, the customer is told that you are at the door.",
              time=words.lasting(order.starts_at)) if early else None,
        words(
            "At {time} your live location was {km} from the address. If you say yes, that distance is kept "
            "with the order.", time=words.time(far.at), km=words.distance(far.km),
        ) if far else None,
    )  # fmt: skip
    yes = Button(words.plain("📍 Yes, I'm here"), press("here", order.id), style="primary")
    return Screen(text, [[yes], _away(order, words)])


def earlier(order: Order, possible: Room, words: Words) -> Screen:
    text = lines(
        _head(order, words), GAP, words("🕒 <b>When did you arrive?</b>"),
        words("Noted is {time}. Was there no signal? Tap by how much you were earlier, or type the time, "
              "for example {example}.", time=words.time(possible.last),
              example=words.time(possible.last - timedelta(minutes=7))),
    )  # fmt: skip
    fitting = [
        Button(words.minutes(minutes), press("earlierby", order.id, minutes))
        for minutes in STEPS_BACK
        if possible.last - timedelta(minutes=minutes) >= possible.first
    ]
    return Screen(text, [*grid(fitting), _away(order, words)])


def not_a_time(words: Words) -> Markup:
    return words("Please type the time, for example 14:05.")


def out_of_bounds(words: Words) -> Markup:
    return words("It can only be between setting out and your tap, and two hours back at most.")


def _head(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return Markup("<b>{}</b> · <code>{}</code>").format(title(order, words), number)


def _away(order: Order, words: Words) -> list[Button]:
    return [back(words, press("job", order.id)), *home_row(words)]
