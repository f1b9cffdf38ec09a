"""How the own data, the copy of them and the end of the account look."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from markupsafe import Markup

from bot.customer.orders.screens import title
from bot.customer.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.privacy.model import Part
from core.privacy.service import Hindrances

# What it is, why we keep it, how long. "{n}" is how much there is, "{years}" the rule.
PARTS: Mapping[Part, str] = {
    Part.PROFILE: mark("👤 Name, language, phone, choices: to talk to you. Until you remove them."),
    Part.PLACES: mark("🏠 Addresses ({n}): so that providers find you. Until you remove them."),
    Part.ORDERS: mark(
        "📋 Orders, timelines, drafts ({n}): to do the work and to settle disputes. "
        "Until you delete your account."
    ),
    Part.MONEY: mark(
        "💳 Payments, refunds, receipts ({n}): the law asks for it. {years} years, "
        "without your name once you left."
    ),
    Part.REVIEWS: mark("⭐ Reviews ({n}): to help others choose. Until you delete your account."),
    Part.MESSAGES: mark(
        "💬 Messages to support and providers ({n}): as evidence. Until you delete your account."
    ),
    Part.FILES: mark(
        "📷 Photos, videos and other files you sent ({n}): with the orders they belong to."
    ),
    Part.TASTES: mark(
        "❤️ Favourites, and what you looked at lately ({n}): for your next booking. "
        "Until you remove them or switch suggestions off."
    ),
}  # fmt: skip
TITLES_SHOWN = 3


def data(words: Words, held: Mapping[Part, int], years: int) -> Screen:
    told = [
        words(text, n=held.get(part, 0), years=years)
        for part, text in PARTS.items()
        if held.get(part)
    ]
    text = lines(
        words("🔒 <b>Your data</b>"),
        words("What we keep about you, why, and how long:"), "", *told, "",
        words("What you type here is kept for two days at most, then only what it became. "
              "Card numbers never reach us. Nobody else gets anything of this, except what "
              "a provider needs for your visit."),
    )  # fmt: skip
    rows = [
        [Button(words.plain("📦 Get a copy"), press("datacopy"))],
        [Button(words.plain("🗑 Delete my account"), press("bye"))],
        [back(words, press("set"), words.plain("‹ Settings"))],
    ]
    return Screen(text, rows)


def bye(words: Words, years: int) -> Screen:
    text = lines(
        words("🗑 <b>Delete your account?</b>"), "",
        words("<b>Goes for good:</b> your name, phone, addresses and location, the notes, photos "
              "and doors of your orders, your messages, the words and pictures of your reviews, "
              "favourites and choices."),
        words("<b>Stays, without your name:</b> amounts and dates of payments for {years} years, "
              "as the law asks, and the stars you gave.", years=years),
        words("Messages in this chat are yours: clear them in Telegram. Unused coupons end."),
    )  # fmt: skip
    rows = [
        [Button(words.plain("📦 Get a copy first"), press("datacopy"))],
        [Button(words.plain("Go on"), press("byesure"), style="danger")],
        [Button(words.plain("Keep my account"), press("data"), style="primary")],
    ]
    return Screen(text, rows)


def password(words: Words) -> str:
    """The word that is typed to be sure."""
    return words.plain("DELETE")


def sure(words: Words, *, again: bool = False) -> Screen:
    text = lines(
        words("Nothing was deleted.") if again else None,
        words("⚠️ <b>There is no way back.</b>"),
        words("To delete everything, type {word}.", word=password(words)),
    )
    keep = Button(words.plain("Keep my account"), press("data"), style="primary")
    return Screen(text, [[keep]])


def gone(words: Words) -> Screen:
    text = lines(
        words("✅ <b>Your account is deleted.</b>"),
        words("Thank you for having been here. /start begins anew, as if we had never met."),
    )
    return Screen(text)


def hindered(words: Words, found: Hindrances, now: datetime) -> Screen:
    """What stands in the way, each with the way to it."""
    text = lines(
        words("🗑 <b>Your account can't be deleted yet</b>"), *_why(words, found),
    )  # fmt: skip
    orders = [*found.orders, *found.money][:TITLES_SHOWN]
    rows = [[_order(one, words)] for one in orders]
    rows += [
        [Button(f"💬 {one.number}", press("tanswer", one.id))] for one in found.tickets[:2]
    ]  # fmt: skip
    if found.works or found.frozen:
        rows.append([Button(words.plain("🎧 Ask support"), press("ask"))])
    return Screen(text, [*rows, [back(words, press("data"))]])


def _why(words: Words, found: Hindrances) -> Iterator[Markup]:
    if found.frozen:
        yield words("• Your account is on hold. Please talk to our support team first.")
    if found.works:
        yield words("• You work with us, too. Our support team closes that side first.")
    if found.orders:
        yield words.plural(
            "• {n} order is not over. Open it to cancel; what that costs is shown first.",
            "• {n} orders are not over. Open them to cancel; what that costs is shown first.",
            len(found.orders),
        )
    if found.money:
        yield words.plural(
            "• Money of {n} order is still on its way. We'd lose track of whom it belongs to.",
            "• Money of {n} orders is still on its way. We'd lose track of whom it belongs to.",
            len(found.money),
        )
    if found.tickets:
        yield words.plural(
            "• {n} conversation with support is open. Open it and mark it solved.",
            "• {n} conversations with support are open. Open them and mark them solved.",
            len(found.tickets),
        )


def _order(order: Order, words: Words) -> Button:
    label = f"{title(order, words)} · {spell_order_number(order.number)}"
    return Button(short(label, 40), press("order", order.id))
