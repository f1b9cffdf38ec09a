"""How one record looks: what was done when, the money line by line, and what the customer said. Pure."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.income.screens import figures
from bot.provider.jobs.ended import BY
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.records.coded import Chosen
from bot.provider.records.screens import ENDS
from bot.reviewed import told
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.records.model import End, Whole


def detail(whole: Whole, one: Chosen, page: int, words: Words) -> Screen:
    order = whole.order
    text = lines(
        Markup("<b>{}</b> · <code>{}</code>").format(
            title(order, words), spell_order_number(order.number)
        ),
        *_what(whole, words), GAP, *_done(order, words), *_money(whole, words),
        *_review(whole, words),
    )  # fmt: skip
    away = [back(words, press("records", one.code, page)), *home_row(words)]
    return Screen(text, [*_ways(whole, one, page, words), away])


def _what(whole: Whole, words: Words) -> Iterator[Markup]:
    order, (sign, name) = whole.order, ENDS[whole.record.end]
    yield Markup("{} {}").format(sign, words.plain(name))
    if whole.record.end is End.CANCELLED and order.cancelled_by in BY:
        yield words(BY[order.cancelled_by])
    yield Markup("🕒 {} · {}").format(
        words.date(words.local(order.starts_at).date()),
        words.clock_span(order.starts_at, order.minutes),
    )
    if whole.minutes:
        yield words("⏱ It took {time}", time=words.minutes(whole.minutes))
    about = [
        f"👤 {whole.customer}" if whole.customer else "",
        f"📍 {short(words.place(order.place), 60)}",
    ]
    yield Markup(" · ").join(part for part in about if part.strip("📍 "))


def _done(order: Order, words: Words) -> Iterator[Markup]:
    """What the customer was charged for, extra work with its sign."""
    for line in order.lines:
        times = f" ×{line['count']}" if line.get("count", 1) > 1 else ""
        yield Markup("{} {}{} {}").format(
            "➕" if "extra" in line else "•", short(words.pick(line["names"]), 60), times,
            words.money(int(line["amount"]), order.currency),
        )  # fmt: skip


def _money(whole: Whole, words: Words) -> Iterator[Markup]:
    yield GAP
    if whole.booked is None:
        unsettled = whole.record.end is End.UNPAID
        yield (
            words("💰 Nothing is booked yet: the payment isn't settled.") if unsettled
            else words("💰 It brought you nothing.")
        )  # fmt: skip
        return
    yield from figures(whole.booked, words)


def _review(whole: Whole, words: Words) -> Iterator[Markup]:
    if whole.review is None:
        return
    yield GAP
    yield from told(whole.review, whole.files, words)
    if whole.review.reply:
        yield words("↩️ You: {reply}", reply=short(whole.review.reply, 600))


def _ways(whole: Whole, one: Chosen, page: int, words: Words) -> list[list[Button]]:
    ids = whole.order.id, one.code, page
    shots = Button(words.plain("📷 See pictures"), press("recpics", *ids))
    job = Button(words.plain("📋 See job"), press("job", whole.order.id))
    said = whole.review
    review = [Button(words.plain("⭐ Review"), press("review", said.id, "all", 0))] if said else []
    return [[*([shots] if whole.files else []), *review, job]]
