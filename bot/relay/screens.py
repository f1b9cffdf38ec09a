"""How the talk of an order looks: the live message of whoever writes, and what arrives at the other side. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.relay.sides import Side, other_name
from bot.screen import Button, Card, File, Pin, Screen, press
from core.ids import spell_order_number
from core.orders.lifecycle import Actor
from core.orders.model import Order
from core.orders.service import OrderView
from core.relay.model import Relayed, Sort
from core.relay.service import Line

LINE, GAP = Markup("\n"), Markup("")
LAST, QUOTE = 5, 120
SIGNS = {
    Sort.TEXT: "",
    Sort.DETAILS: "",
    Sort.PHOTO: "📷",
    Sort.VOICE: "🎤",
    Sort.VIDEO: "🎬",
    Sort.PLACE: "📍",
}
HIDDEN = {
    "phone": mark("a phone number"),
    "messenger": mark("a chat account"),
    "username": mark("a username"),
    "email": mark("an email address"),
    "link": mark("a link to a chat or profile"),
}


def _lines(*parts: str | Markup | None) -> Markup:
    return LINE.join(part for part in parts if part is not None)


def about(order: Order, words: Words) -> Markup:
    """Which order it is: whoever has several open must never mix them up."""
    main, *more = order.tasks
    name = f"{main.emoji} {words.pick(main.names)}".strip() + (f" +{len(more)}" if more else "")
    return Markup("{} · <code>{}</code>").format(name, spell_order_number(order.number))


def talking(line: Line, said: Sequence[Relayed], words: Words, *, masking: bool) -> Screen:
    """The live message of a talk: how it went on so far, and that whatever is typed now crosses."""
    name = other_name(line.view, line.actor, words)
    until = None
    if line.until:
        until = words("Open until {time}.", time=words.lasting(line.until))
    text = _lines(
        words("💬 <b>You're writing to {name}</b>", name=name), about(line.order, words), GAP,
        *[_quoted(one, line, name, words) for one in said[-LAST:]],
        GAP if said else None,
        words("Just type, or send a photo, a voice message, a video or a place."),
        words("🔒 Phone numbers and chat accounts stay hidden, on both sides.") if masking else None,
        until,
    )  # fmt: skip
    return Screen(text, [stop(line, words)])


def _quoted(one: Relayed, line: Line, name: str, words: Words) -> Markup:
    mine = one.from_customer == (line.actor is Actor.CUSTOMER)
    text = " ".join(names.relayed(one, words).split())
    text = text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
    what = words.plain("(removed)") if one.erased else f"{SIGNS[one.sort]} {text}".strip()
    lost = words.plain("⚠️ not delivered") if one.lost and mine else ""
    who = words.plain("You") if mine else name
    return words("<b>{name}</b>: {text}", name=who, text=Markup("{} {}").format(what, lost))


def stop(line: Line, words: Words) -> list[Button]:
    """Back to the order, which listens to nothing any more."""
    side = "order" if line.actor is Actor.CUSTOMER else "job"
    return [Button(words.plain("✖ Stop talking"), press(side, line.order.id))]


def hidden(line: Line, relayed: Relayed, words: Words) -> Screen:
    """It crossed, but not as it was typed: what was taken out, and why."""
    kinds = [words.plain(HIDDEN[kind]) for kind in relayed.hidden]
    text = _lines(
        words("🙈 <b>Sent, with {what} hidden</b>", what=words.plain(", ").join(kinds)),
        Markup("“{}”").format(relayed.text[:500]), GAP,
        words("Contact data stays private on both sides: what you agree on here is kept with the order, "
              "and we can only stand up for what is."),
        words("Everything you need for the visit can be said right here."),
    )  # fmt: skip
    return Screen(text, [stop(line, words)])


def no_contact(line: Line, words: Words) -> Screen:
    text = _lines(
        words("🙈 <b>Contact cards are not passed on</b>"),
        words("Numbers and names stay private on both sides. Please write here what you need: it arrives "
              "at once, and it is kept with the order."),
    )  # fmt: skip
    return Screen(text, [stop(line, words)])


def cannot_cross(line: Line, words: Words) -> Screen:
    text = _lines(
        words("This can't be passed on."),
        words("Text, photos, voice messages, videos and places can. Send a picture as a photo, not as a file."),
    )  # fmt: skip
    return Screen(text, [stop(line, words)])


def refused(line: Line, why: str, words: Words) -> Screen:
    return Screen(_lines(why), [stop(line, words)])


def other_hands(line: Line, words: Words) -> Screen:
    """What was written was for the provider before; whoever has the order now hears nothing of it."""
    name = other_name(line.view, line.actor, words)
    text = _lines(
        words("👤 <b>{name} has taken over this visit</b>", name=name), about(line.order, words), GAP,
        words("Your message was not sent. If it is for {name}, please send it again.", name=name),
    )  # fmt: skip
    return Screen(text, [stop(line, words)])


def still(line: Line, typed: str, words: Words, side: Side) -> Screen:
    """After a long silence it is asked whether the words are really meant for the other side."""
    name = other_name(line.view, line.actor, words)
    text = _lines(
        words("💬 <b>Is this for {name}?</b>", name=name), about(line.order, words),
        Markup("“{}”").format(typed[:300]),
    )  # fmt: skip
    send = Button(words.plain("📨 Yes, send it"), press("rsend", line.order.id), style="primary")
    search = [Button(words.plain("🔎 No, search for it"), press(side.search))]
    return Screen(text, [[send], *([search] if side.search else []), stop(line, words)])


def arrived(
    view: OrderView, one: Relayed, words: Words, *, to: Actor, name: str, file: File | None,
    open_: bool,
) -> Screen:  # fmt: skip
    """One message as it comes to the other side: who, which order, what. Nothing else of its author."""
    edited = words(" <i>(edited)</i>") if one.former else ""
    said = names.relayed(one, words)
    text = _lines(
        Markup("💬 <b>{}</b> · {}").format(name, about(view.order, words)),
        Markup("{}{}").format(said, edited) if said else None,
    )
    answer = Button(words.plain("↩️ Answer"), press("rtalk", view.order.id), style="primary")
    see = Button(words.plain("📋 See order"), press("order", view.order.id))
    if to is Actor.PROVIDER:
        see = Button(words.plain("📋 See job"), press("job", view.order.id))
    pin = Pin(one.lat, one.lon) if one.lat is not None and one.lon is not None else None
    return Screen(
        text, [[answer, see] if open_ else [see]], photo=file, pin=pin,
        card=Card("relayed", one.id),
    )  # fmt: skip


def lost(view: OrderView, one: Relayed, words: Words, side: Side, name: str) -> Screen:
    """The other side could not be reached."""
    why = words("They can't be reached in the chat right now. Our support can help.")
    order = view.order.id
    rows = [
        [Button(words.plain("🛟 Help"), press("helpo", order))],
        [Button(words.plain("📋 See order"), press(side.order, order))],
    ]
    return Screen(_not_got(view, one, words, name, why), rows)


def handed_over(
    view: OrderView, one: Relayed, words: Words, name: str, *, open_: bool
) -> Screen:  # fmt: skip
    """Whoever it was for lost the visit before it arrived; `open_`: there is somebody to write to."""
    why = words("They no longer do this visit, so your message was not passed on.")
    write = Button(words.plain("💬 Message"), press("rtalk", view.order.id), style="primary")
    see = Button(words.plain("📋 See order"), press("order", view.order.id))
    return Screen(_not_got(view, one, words, name, why), [[write, see] if open_ else [see]])


def _not_got(view: OrderView, one: Relayed, words: Words, name: str, why: Markup) -> Markup:
    said = names.relayed(one, words)
    return _lines(
        words("⚠️ <b>{name} didn't get your message</b>", name=name), about(view.order, words),
        Markup("“{}”").format(said[:200]) if said else None,
        why,
    )  # fmt: skip
