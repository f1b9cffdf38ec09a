"""How an announcement is made and watched."""

from collections.abc import Mapping, Sequence

from babel import Locale
from markupsafe import Markup

from bot.admin.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.announcements.model import Announcement, Spread
from core.people.choices import Kind
from core.promotions.model import Coupon

NAMES = {Kind.NEWS: mark("📣 News"), Kind.OFFERS: mark("🎁 Offer")}
SPREADS = {
    Spread.GOING: mark("being sent"),
    Spread.DONE: mark("everybody has it"),
    Spread.STOPPED: mark("stopped"),
}
BAR, SHOWN = 10, 6


def kinds(words: Words) -> Screen:
    text = lines(
        words("📣 <b>Tell all customers</b>"),
        words("Whoever switched the kind off is left out. An offer gets a button to a deal."),
    )
    rows = [[Button(words.plain(name), press("ank", kind.value)) for kind, name in NAMES.items()]]
    return Screen(text, rows)


def language_of(code: str, words: Words) -> str:
    return str(Locale.parse(code).get_language_name(words.language) or code)


def ask(words: Words, language: str, *, most: int = 0) -> Screen:
    text = lines(
        words("Please type a text of at most {most} characters.", most=most) if most else None,
        words("<b>What is the text in {language}?</b>", language=language_of(language, words)),
        words("People get it in their language; who has none of it gets nothing."),
    )
    skip = Button(words.plain("Leave it out"), press("ans", language))
    return Screen(text, [[skip], back(words, press("an"))])


def which_deal(words: Words, running: Sequence[Coupon]) -> Screen:
    """Those that end first; any other is found in the list of all."""
    text = lines(
        words("🎁 <b>Which deal does the button open?</b>"),
        words("Whoever can't use it is told why."),
    )
    rows = [
        [Button(short(words.pick(one.names), 30), press("and", one.id))] for one in running[:SHOWN]
    ]
    every = Button(words.plain("All deals"), press("and", 0))
    return Screen(text, [*rows, [every], back(words, press("an"))])


def preview(
    words: Words, kind: Kind, texts: Mapping[str, str], coupon: Coupon | None, count: int
) -> Screen:
    told = [
        Markup("\n<b>{}</b>\n<blockquote>{}</blockquote>").format(language_of(code, words), text)
        for code, text in texts.items()
    ]
    text = lines(words("👀 <b>This is how it reads</b>"), words(NAMES[kind]), *told,
        words("🎁 Its button opens: {name}", name=words.pick(coupon.names)) if coupon else None,
    )  # fmt: skip
    label = words.plain_plural("📣 Send to {n} customer", "📣 Send to {n} customers", count)
    return Screen(text, [[Button(label, press("ango"), style="primary")], back(words, press("an"))])


def progress(words: Words, one: Announcement, count: int) -> Screen:
    done = BAR if one.state is Spread.DONE else one.sent * BAR // max(count, 1)
    text = lines(
        Markup("{} · <b>{}</b>").format(words(NAMES[one.kind]), words(SPREADS[one.state])),
        Markup("{}{}").format("▰" * done, "▱" * (BAR - done)),
        words("{n} of about {all}", n=words.number(one.sent), all=words.number(count)),
    )
    if one.state is not Spread.GOING:
        return Screen(text, [[Button(words.plain("📣 Another one"), press("an"))]])
    stop = Button(words.plain("⏹ Stop"), press("anx", one.id), style="danger")
    fresh = Button(words.plain("↻ Refresh"), press("anv", one.id))
    return Screen(text, [[fresh, stop]])
