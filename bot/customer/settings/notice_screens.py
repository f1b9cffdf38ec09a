"""How the choice of what reaches one looks."""

from bot.customer.parts import back, lines
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.people.choices import QUIET, Choices, Kind, Manner

KINDS = {
    Kind.REMINDERS: ("⏰", mark("Visit reminders")),
    Kind.REVIEWS: ("⭐", mark("Review requests")),
    Kind.NEWS: ("📣", mark("News")),
    Kind.OFFERS: ("🎁", mark("Offers")),
}
MANNERS = {
    Manner.ON: ("🔔", mark("with sound")),
    Manner.SILENT: ("🔕", mark("silently")),
    Manner.OFF: ("🚫", mark("off")),
}


def notices(words: Words, choices: Choices) -> Screen:
    text = lines(
        words("🔔 <b>What reaches you</b>"),
        words("News of your own orders always comes. Tap to change the rest."),
        words("🌙 Without a sound: {hours}", hours=_hours(choices.quiet, words)),
        words("Sound and vibration themselves are set in Telegram, for this chat."),
    )
    rows = [[_kind(kind, choices.manner(kind), words)] for kind in Kind]
    quiet = Button(words.plain("🌙 Quiet hours"), press("quiet"))
    latest = Button(words.plain("📣 Latest news"), press("news", 0))
    suggested = Button(words.plain("✨ For you"), press("recs"))
    return Screen(text, [*rows, [quiet, latest], [suggested, back(words, press("set"))]])


def _kind(kind: Kind, manner: Manner, words: Words) -> Button:
    """What it is now; a tap leads to the next."""
    manners = list(Manner)
    after = manners[(manners.index(manner) + 1) % len(manners)]
    (sign, name), (bell, how) = KINDS[kind], MANNERS[manner]
    label = words.plain(
        "{kind} · {manner}", kind=f"{sign} {words.plain(name)}", manner=f"{bell} {words.plain(how)}"
    )
    return Button(label, press("notice", kind.value, after.value))


def _hours(hours: tuple[int, int] | None, words: Words) -> str:
    if hours is None:
        return words.plain("never")
    start, end = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in hours)
    return f"{start}–{end}"


def ask_quiet(words: Words, choices: Choices) -> Screen:
    text = lines(
        words("🌙 <b>When should it be quiet?</b>"),
        words("Everything still comes, only without a sound."),
    )
    labels = [words.plain("Never"), *(_hours(one, words) for one in QUIET)]
    rows = [
        [Button(label + (" ✓" if one == choices.quiet else ""), press("quietat", n))]
        for n, (one, label) in enumerate(zip((None, *QUIET), labels, strict=True))
    ]
    return Screen(text, [*rows, [back(words, press("notices"))]])
