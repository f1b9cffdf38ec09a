"""How a question to the other side looks to staff, and what was said between them. Pure."""

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.i18n import Words, mark
from bot.screen import Button, File, Screen, press
from core.ids import spell_order_number
from core.support.hearing import Asking
from core.support.model import Heard

LABELS = {"customer": mark("🗣 Ask the customer"), "provider": mark("🗣 Ask the provider")}
PARTS = {"customer": mark("the customer"), "provider": mark("the provider")}
ANSWERS = {
    "customer": mark("↪️ <b>{name}</b> (customer, asked by us)"),
    "provider": mark("↪️ <b>{name}</b> (provider, asked by us)"),
}
NO_NAMES = mark("Who wrote to us is not told, nor that anybody did. Please name nobody.")


def other(bot: str) -> str:
    return "provider" if bot == "customer" else "customer"


def _head(words: Words, asking: Asking) -> Markup:
    return words(
        "🗣 <b>{name}</b>, {part} of order {number}", name=asking.person.name,
        part=words.plain(PARTS[asking.bot]), number=spell_order_number(asking.order.number),
    )  # fmt: skip


def ask(words: Words, asking: Asking) -> Screen:
    text = lines(
        _head(words, asking), words("What do you want to know? Type it."), words(NO_NAMES),
    )  # fmt: skip
    return Screen(text, [back(words, press("tcn", asking.ticket.id))])


def sure(words: Words, asking: Asking, text: str, *, names_asker: bool) -> Screen:
    shown = lines(
        _head(words, asking),
        words("They will read:\n<blockquote>{reason}</blockquote>", reason=text),
        words("⚠️ It names who wrote to us. Better type it again without the name.")
        if names_asker else None,
        words("Or type your own words."),
    )  # fmt: skip
    yes = Button(words.plain("Send"), press("thy", asking.ticket.id), style="primary")
    return Screen(shown, [[yes], back(words, press("tcn", asking.ticket.id))])


def sent(words: Words, asking: Asking) -> Screen:
    return Screen(words("🗣 {name} was asked. The answer comes into the ticket’s topic.",
                        name=asking.person.name))  # fmt: skip


def said(words: Words, one: Heard, name: str, files: tuple[File, ...]) -> Screen:
    """One message of the talk, marked by whom it is."""
    who = (
        words("🗣 <b>{author}</b> asks {name}, {part}", author=one.author, name=name,
              part=words.plain(PARTS[one.bot]))
        if one.from_staff else words(ANSWERS[one.bot], name=name)
    )  # fmt: skip
    return Screen(lines(who, Markup.escape(one.text) if one.text else None), files=files)
