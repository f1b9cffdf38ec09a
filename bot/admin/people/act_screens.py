"""How the steps of an act on a person look: why, sure, or what stands in its way."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.people.profile import Profile
from core.privacy.service import Hindrances


def _title(words: Words, title: str, one: Profile) -> Markup:
    return Markup("<b>{}</b>").format(words.plain(title, name=one.name))


def why(words: Words, code: str, title: str, reasons: Sequence[str], one: Profile) -> Screen:
    rows = [
        [Button(words.plain(reason), press(f"{code}s", one.person.id, number))]
        for number, reason in enumerate(reasons)
    ]
    text = lines(_title(words, title, one), words("Why? Tap a reason or type your own."))
    return Screen(text, [*rows, back(words, press("uv", one.person.id))])


def sure(
    words: Words, code: str, said: tuple[str, str, str], one: Profile, number: int, reason: str,
    read: str,
) -> Screen:  # fmt: skip
    """`said` are title, effect and the word on the button; `read` is what the person will read of the reason."""
    title, effect, yes = said
    text = lines(
        _title(words, title, one),
        Markup(""),
        words(effect, name=one.name),
        words("Reason: {reason}", reason=words.known(reason)),
        words("They will read:\n<blockquote>{reason}</blockquote>", reason=read) if read else None,
    )
    act = Button(words.plain(yes), press(f"{code}y", one.person.id, number), style="danger")
    return Screen(text, [[act], back(words, press(f"{code}r", one.person.id))])


def hindered(words: Words, one: Profile, found: Hindrances) -> Screen:
    """What must come to its end before somebody can be forgotten."""
    told = [
        words.plural("📦 {n} open order", "📦 {n} open orders", len(found.orders))
        if found.orders else None,
        words.plural("💰 money of {n} order is on its way", "💰 money of {n} orders is on its way",
                     len(found.money)) if found.money else None,
        words.plural("💬 {n} conversation goes on", "💬 {n} conversations go on",
                     len(found.tickets)) if found.tickets else None,
        words("🛠 Works with us, or did: the books and the papers are still needed")
        if found.works else None,
        words("🧊 On hold: who is frozen could come back under a new name") if found.frozen else None,
    ]  # fmt: skip
    text = lines(
        words("🗑 <b>{name} can't be deleted yet</b>", name=one.name), *told,
        words("Please bring this to its end first."),
    )  # fmt: skip
    orders = [Button(words.plain("📦 Orders"), press("uo", one.person.id, 0))]
    return Screen(text, [orders, back(words, press("uv", one.person.id))])
