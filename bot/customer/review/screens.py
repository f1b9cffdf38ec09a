"""How writing a review looks: one dimension is asked for after the other, words and pictures may come at any time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import back, lines, short
from bot.customer.review.opinion import Opinion
from bot.i18n import Words, mark
from bot.reviewed import DIMENSIONS, counted, scores, told
from bot.screen import Button, File, Page, Screen, press
from core.files.model import Kept
from core.orders.model import Order
from core.orders.service import OrderView
from core.reviews.model import Review
from core.reviews.service import MOST_FILES

ASKS = {
    "quality": mark("How good was the work?"),
    "attitude": mark("How friendly and careful were they?"),
    "skill": mark("How well did they know their trade?"),
}


def form(
    view: OrderView, opinion: Opinion, files: Sequence[Kept], wrong: str, words: Words
) -> Screen:  # fmt: skip
    """The stars so far, the question for the next ones, words and pictures, publish."""
    asked = ASKS.get(opinion.asked)
    text = lines(
        Markup("⚠️ {}\n").format(wrong) if wrong else None,
        words("<b>How was it with {name}?</b>", name=short(view.provider.name, 40)),
        Markup(""), *scores(opinion.scores, words),
        Markup("\n“{}”").format(opinion.text) if opinion.text else None,
        counted(files, words),
        Markup("\n👉 <b>{}</b>").format(words(asked)) if asked else None,
        Markup("\n") + _hint(opinion, words),
    )  # fmt: skip
    return Screen(text, [*_buttons(view.order, opinion, words), _away(view.order, words)])


def _hint(opinion: Opinion, words: Words) -> Markup:
    if opinion.room <= 0:
        return words("That is all the room there is: {n} photos and videos.", n=MOST_FILES)
    return words(
        "Type a few words and send up to {n} photos or videos, if you like. "
        "Others see only a short form of your name, and never where a picture was taken.",
        n=MOST_FILES,
    )  # fmt: skip


def _buttons(order: Order, opinion: Opinion, words: Words) -> Iterable[list[Button]]:
    if opinion.whole:
        yield [Button(words.plain("✅ Publish"), press("rpublish", order.id), style="success")]
    if opinion.asked:
        yield _stars(order, opinion.asked, opinion.scores.get(opinion.asked, 0))
    elif opinion.whole:
        yield [
            Button(f"{sign} {words.plain(name)}", press("rdim", order.id, code))
            for code, (sign, name) in DIMENSIONS.items()
        ]
    if opinion.files:
        yield [Button(words.plain("🗑 Take pictures out"), press("rpics", order.id, 0))]


def pictures(order: Order, page: Page, words: Words) -> Screen:
    """The one that is meant stands there large."""
    (one,) = page.items
    text = words("<b>Should this one go?</b>")
    rows = [
        [Button(words.plain("🗑 Take it out"), press("rdrop", order.id, one.id), style="danger")],
        *page.turns("rpics", order.id),
        *([[Button(words.plain("🗑 All of them"), press("rclear", order.id))]] if page.count > 1 else []),
        [back(words, press("rform", order.id))],
    ]  # fmt: skip
    return Screen(text, rows, photo=File(one.name, one.mime, file_id=one.id))


def settled(words: Words) -> str:
    """Somebody wants to change what stands."""
    return words.plain("Your review can't be changed any more. It stays as you wrote it.")


def _stars(order: Order, name: str, given: int) -> list[Button]:
    sign = DIMENSIONS[name][0]
    labels = ["★" if n <= given else "☆" for n in range(1, 6)]
    labels[0] = sign + labels[0]
    return [
        Button(label, press("rstar", order.id, name, n)) for n, label in enumerate(labels, start=1)
    ]


def _away(order: Order, words: Words) -> list[Button]:
    return [back(words, press("order", order.id))]


def neither(words: Words) -> str:
    """A sticker, a voice message, a place."""
    return words.plain("Here only words, photos and videos work.")


def shown(
    view: OrderView, review: Review, files: Sequence[Kept], until: datetime | None, now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    """The published review; `until` then it can be changed, None: no more."""
    name = short(view.provider.name, 40)
    text = lines(
        words("<b>Your review of {name}</b>", name=name),
        Markup(""), *told(review, files, words),
        words("↩️ {name}: {reply}", name=name, reply=review.reply) if review.reply else None,
        _standing(review, until, words),
    )  # fmt: skip
    return Screen(text, [*_below(view.order, files, until, words), _away(view.order, words)])


def _standing(review: Review, until: datetime | None, words: Words) -> Markup | None:
    if review.hidden:
        return Markup("\n") + words("Our staff have hidden this review. Others can't see it.")
    if until is None:
        return None
    return Markup("\n") + words("You can change it until {time}.", time=words.lasting(until))


def _below(
    order: Order, files: Sequence[Kept], until: datetime | None, words: Words
) -> Iterable[list[Button]]:
    if files:
        yield [Button(words.plain("📷 See pictures"), press("rsee", order.id))]
    if until is not None:
        yield [Button(words.plain("✏️ Change it"), press("redit", order.id))]
