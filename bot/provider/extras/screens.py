"""How a proposal looks while it is written. Pure."""

from markupsafe import Markup

from bot.conversation import Incoming
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.screen import Button, Page, Screen, grid, press
from core.extras.desk import Desk
from core.extras.drafts import MOST_PHOTOS
from core.extras.model import Extra
from core.ids import spell_order_number
from core.orders.model import Order

# On the button, and what the customer reads.
REASONS = (
    (mark("Worn-out part"), mark("A part is worn out and must be replaced")),
    (mark("More than described"), mark("It is more work than was described")),
    (mark("Asked for it"), mark("Asked for during the visit")),
)
LONGER = (15, 30, 60, 90, 120)


def head(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return lines(
        words("➕ <b>Extra work or parts</b>"),
        Markup("{} · <code>{}</code>").format(title(order, words), number),
    )


def items(extra: Extra, order: Order, words: Words) -> list[Markup]:
    told = []
    for number, line in enumerate(extra.lines, start=1):
        times = f" ×{line['count']}" if line["count"] > 1 else ""
        amount = words.money(line["amount"], order.currency)
        name = short(words.pick(line["names"]), 60)
        told.append(Markup("{}. {}{} — {}").format(number, name, times, amount))
    return told


def _sums(one: Desk, words: Words) -> list[Markup]:
    extra, order = one.extra, one.order
    if not extra.lines:
        return []
    return [
        words("<b>Together {amount}</b>, new total {total}",
              amount=words.money(extra.amount, order.currency),
              total=words.money(order.total + extra.amount, order.currency)),
        words("💰 You earn {net} of it", net=words.money(one.net, order.currency)),
    ]  # fmt: skip


def draft(one: Desk, words: Words) -> Screen:
    """Everything there is so far, and what is still missing."""
    extra, order = one.extra, one.order
    hint = words("Type what is needed and the price for one, for example: <i>capacitor 80 x2</i>")
    told = [
        _reason(extra, words), _photos(one, words),
        words("⏱ {minutes} longer", minutes=words.minutes(extra.minutes)) if extra.minutes else None,
    ] if extra.lines else []  # fmt: skip
    text = lines(
        head(order, words), GAP, *items(extra, order, words), *_sums(one, words),
        GAP if extra.lines else None, *told, GAP if extra.lines else None, hint,
        words("Nothing counts before the customer says yes."),
    )  # fmt: skip
    return Screen(text, _editor(one, words))


def _reason(extra: Extra, words: Words) -> Markup:
    if not extra.reason:
        return words("📝 Reason: <b>still missing</b>")
    return words("📝 {reason}", reason=short(words.known(extra.reason), 300))


def _photos(one: Desk, words: Words) -> Markup | None:
    count = len(one.extra.photos)
    if count < one.photos_needed:
        return words("📷 Photo: <b>still missing</b>, just send it")
    return words.plural("📷 {n} photo", "📷 {n} photos", count) if count else None


def _editor(one: Desk, words: Words) -> list[list[Button]]:
    extra, order_id = one.extra, one.order.id
    ready = Button(words.plain("📋 Ready-made lines"), press("xlist", order_id, 0))
    cut_ = Button(words.plain("🗑 Remove a line"), press("xcut", order_id))
    rows = [[*([ready] if one.suggestions else []), *([cut_] if extra.lines else [])]]
    if extra.lines:
        count = f" ({len(extra.photos)})" if extra.photos else ""
        rows += [
            [Button(words.plain("📝 Reason"), press("xwhy", order_id)),
             Button(words.plain("📷 Photos") + count, press("xshots", order_id))],
            [Button(words.plain("⏱ Takes longer"), press("xlong", order_id))],
            [Button(words.plain("📤 Ask the customer"), press("xsend", order_id, extra.version),
                    style="primary" if _complete(one) else "")],
        ]  # fmt: skip
    return [*filter(None, rows), away(order_id, words)]


def _complete(one: Desk) -> bool:
    return bool(one.extra.reason) and len(one.extra.photos) >= one.photos_needed


def away(order_id: int, words: Words) -> list[Button]:
    return [back(words, press("job", order_id)), *home_row(words)]


def _to_draft(order_id: int, words: Words) -> list[Button]:
    return [back(words, press("extra", order_id))]


def suggestions(one: Desk, number: int, words: Words) -> Screen:
    order_id, page = one.order.id, Page.of(one.suggestions, number, 4)
    rows = [
        [Button(f"{short(words.pick(s.names), 28)} · {words.money(s.price, one.order.currency)}",
                press("xadd", order_id, s.code))]
        for s in page.items
    ]  # fmt: skip
    text = lines(head(one.order, words), GAP, words("Tap what is needed. Prices are for one."))
    return Screen(text, [*rows, *page.turns("xlist", order_id), _to_draft(order_id, words)])


def cut(one: Desk, words: Words) -> Screen:
    extra, order_id = one.extra, one.order.id
    buttons = [
        Button(f"🗑 {number}. {short(words.pick(line['names']), 14)}",
               press("xcutgo", order_id, number - 1, extra.version))
        for number, line in enumerate(extra.lines, start=1)
    ]  # fmt: skip
    text = lines(
        head(one.order, words), GAP, *items(extra, one.order, words), GAP,
        words("<b>Which line goes?</b>"),
    )  # fmt: skip
    return Screen(text, [*grid(buttons), _to_draft(order_id, words)])


def ask_why(one: Desk, words: Words) -> Screen:
    order_id = one.order.id
    text = lines(
        head(one.order, words), GAP, words("📝 <b>Why is it needed?</b>"),
        words("Tap a reason or type your own. The customer reads it."),
    )  # fmt: skip
    rows = [
        [Button(words.plain(label), press("xbecause", order_id, number))]
        for number, (label, _) in enumerate(REASONS)
    ]
    return Screen(text, [*rows, _to_draft(order_id, words)])


def ask_photos(one: Desk, words: Words) -> Screen:
    order_id, count = one.order.id, len(one.extra.photos)
    text = lines(
        head(one.order, words), GAP,
        words("📷 <b>Send 1 to {most} photos of what you found.</b>", most=MOST_PHOTOS),
        words.plural("{n} photo is there.", "{n} photos are there.", count) if count else None,
    )  # fmt: skip
    anew = Button(words.plain("🗑 Take them anew"), press("xnoshots", order_id))
    return Screen(text, [*([[anew]] if count else []), _to_draft(order_id, words)])


def ask_longer(one: Desk, room: int, words: Words) -> Screen:
    order_id = one.order.id
    fitting = [0, *(minutes for minutes in LONGER if minutes <= room)]
    text = lines(
        head(one.order, words), GAP, words("⏱ <b>How much longer does it take?</b>"),
        words("Your next visit leaves at most {time}.", time=words.minutes(room))
        if room < LONGER[-1] else None,
    )  # fmt: skip
    buttons = [
        Button(_ticked(words.minutes(m) if m else words.plain("No longer"), m == one.extra.minutes),
               press("xlonger", order_id, m))
        for m in fitting
    ]  # fmt: skip
    return Screen(text, [*grid(buttons), _to_draft(order_id, words)])


def _ticked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def taken_as_reason(words: Words) -> Markup:
    return words("📝 Noted as the reason. Tap “📝 Reason” to change it.")


def unread(incoming: Incoming, one: Desk, words: Words) -> Markup:
    """What was typed is no line."""
    if incoming.kind != "text":
        return words("Please type what is needed, or send a photo of it.")
    return lines(
        words(
            "I couldn't read “{text}” as a name with a price. Try like this: capacitor 80",
            text=short(incoming.text, 40),
        ),
        words("Is it the reason? Then tap “📝 Reason” first.") if one.extra.lines else None,
    )
