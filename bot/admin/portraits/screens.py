"""How new photos look in the staff chat. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.deciding.screens import in_hand, queue
from bot.admin.parts import dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, press
from core.people.model import ProviderState
from core.portraits.model import Portrait, PortraitState
from core.portraits.service import Sitter
from core.taking.model import Taking

STATES = {
    PortraitState.SENT: mark("🟡 to be decided"),
    PortraitState.APPROVED: mark("✅ approved"),
    PortraitState.REJECTED: mark("⚪ rejected"),
}
EMPTY = mark("All done. 🎉")


def _state(words: Words, portrait: Portrait) -> str:
    return words.plain(STATES[portrait.state])


def whole(words: Words, one: Sitter, taking: Taking | None) -> Markup:
    """The text of its card."""
    portrait, provider = one.portrait, one.provider
    waits = portrait.state is PortraitState.SENT
    former = (
        words("Until you decide, customers see the photo of before.") if provider.photo_id
        else words("There is no photo on the page yet.")
    )  # fmt: skip
    return lines(
        dotted(words("📷 <b>New photo: {name}</b>", name=provider.name), _state(words, portrait)),
        words("⛔ This provider is frozen.") if provider.state is ProviderState.FROZEN else None,
        words("Sent: {when}", when=words.lasting(portrait.sent_at)),
        former if waits else None,
        in_hand(words, taking),
        words("Reason: {reason}", reason=short(words.known(portrait.reason), 300))
        if portrait.reason else None,
    )  # fmt: skip


def photos(words: Words, one: Sitter, files: tuple[File, ...]) -> Screen:
    """The new one and the one on the page, as files nobody can pass on."""
    name = one.provider.name
    text = (
        words("🖼 <b>{name}</b>: the new photo, then the one customers see now", name=name)
        if len(files) > 1 else words("🖼 <b>{name}</b>: the new photo", name=name)
    )  # fmt: skip
    return Screen(text, files=files, protect=True)


def ask_why(words: Words, one: Sitter) -> Markup:
    return words("✖ <b>Reject the new photo of {name}: why?</b>", name=one.provider.name)


def ended(words: Words, one: Sitter) -> Markup:
    return dotted(_state(words, one.portrait), words("Photo"), one.provider.name)


def portraits(
    words: Words, waiting: Sequence[Sitter], taken: Mapping[int, Taking], number: int, *,
    now: datetime,
) -> Screen:  # fmt: skip
    page = Page.of(waiting, number, 6)
    told = [
        dotted(
            Markup("<b>{}</b>").format(one.provider.name),
            in_hand(words, taken.get(one.portrait.id)),
            words.moment(one.portrait.sent_at, now=now),
        )
        for one in page.items
    ]
    buttons = [
        Button(short(f"📷 {one.provider.name}", 30), press("fov", one.portrait.id))
        for one in page.items
    ]
    head = words("📷 <b>Photos to decide on: {n}</b>", n=len(waiting))
    return queue(words, head, EMPTY, page, told, buttons, "fol")
