"""How the choice of what reaches one looks, and how it sounds."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.notices.night_screens import clock, span
from bot.screen import Button, Screen, press
from bot.sides import home_row
from core.people.choices import WAYS, Arrival, Choices, Kind, Manner, kinds_of

LINE = Markup("\n")
KINDS = {
    Kind.REMINDERS: ("⏰", mark("Visit reminders")),
    Kind.REVIEWS: ("⭐", mark("Review requests")),
    Kind.NEWS: ("📣", mark("News")),
    Kind.OFFERS: ("🎁", mark("Offers")),
    Kind.WORK_OFFERS: ("📋", mark("New orders")),
    Kind.WORK_REMINDERS: ("⏰", mark("Job reminders")),
    Kind.WORK_REVIEWS: ("⭐", mark("Reviews")),
    Kind.WORK_MONEY: ("💰", mark("Payments")),
    Kind.WORK_NEWS: ("📣", mark("News and tips")),
}
MANNERS = {
    Manner.ON: ("🔔", mark("with sound")),
    Manner.SILENT: ("🔕", mark("silently")),
    Manner.OFF: ("🚫", mark("off")),
}
# What nobody can switch off, and why.
ALWAYS = {
    "customer": mark("News of your own orders always comes. Tap to change the rest."),
    "provider": mark(
        "Tap to change. Changes of your visits, customers' messages, money problems and your account "
        "always come: missing one could cost you a job."
    ),
}
# What must be said about one of them.
BESIDE = {
    "provider": mark("New orders can't be off, or they'd run out unseen. For none, go off duty."),
}
MORE = {"customer": (mark("✨ For you"), press("recs"))}


def named(kind: Kind, words: Words) -> str:
    sign, name = KINDS[kind]
    return f"{sign} {words.plain(name)}"


def manner(value: Manner, words: Words) -> str:
    bell, how = MANNERS[value]
    return f"{bell} {words.plain(how)}"


def notices(words: Words, choices: Choices) -> Screen:
    side = choices.side
    text = LINE.join([
        words("🔔 <b>What reaches you</b>"),
        words(ALWAYS[side]),
        *([words(BESIDE[side])] if side in BESIDE else []),
        words("🌙 Quiet hours: {hours}", hours=span(choices.quiet, words)),
        words("Sound and vibration themselves are set on your phone: “Try it” says how."),
    ])  # fmt: skip
    rows = [[_kind(kind, choices.manner(kind), words)] for kind in kinds_of(side=side)]
    night = [
        Button(words.plain("🌙 Quiet hours"), press("quiet")),
        Button(words.plain("🎧 Try it"), press("trial")),
    ]
    away = [Button(words.plain("‹ Back"), press("set"))]
    if side in MORE:
        label, leads = MORE[side]
        away.insert(0, Button(words.plain(label), leads))
    return Screen(text, [*rows, night, away])


def _kind(kind: Kind, now: Manner, words: Words) -> Button:
    """What it is now; a tap leads to the next."""
    manners = WAYS[kind].manners
    after = manners[(manners.index(now) + 1) % len(manners)]
    label = words.plain(
        "{kind} · {manner}", kind=named(kind, words), manner=manner(now, words)
    )  # fmt: skip
    return Button(label, press("notice", kind.value, after.value))


def trial(words: Words, arrivals: Mapping[Kind, Arrival]) -> Screen:
    """What comes now and what doesn't, and how the phone is told to sound."""
    told = [_told(kind, one, words) for kind, one in arrivals.items()]
    text = LINE.join([
        words("🎧 <b>This is how each comes right now</b>"),
        *told,
        Markup(""),
        words("Telegram lets us choose only “with sound” or “silently”. Which sound, and whether it "
              "vibrates, you set on your phone:"),
        words("🍏 <b>iPhone:</b> tap our name at the top › Mute › Customize › Sound. Vibration: the phone's "
              "Settings › Sounds &amp; Haptics."),
        words("🤖 <b>Android:</b> tap our name at the top › Notifications › Customize: sound, vibration, "
              "importance."),
        words("Nothing heard? Check that this chat isn't muted and the phone isn't in Do Not Disturb."),
    ])  # fmt: skip
    side = WAYS[next(iter(arrivals))].side
    change = Button(words.plain("🔔 What reaches me"), press("notices"))
    return Screen(text, [[Button(words.plain("🎧 Once more"), press("trial")), change],
                         home_row(words, side)])  # fmt: skip


def _told(kind: Kind, one: Arrival, words: Words) -> Markup:
    how = manner(one.manner, words)
    if one.waits_until is not None and one.manner is not Manner.OFF:
        local = one.waits_until
        how = words.plain("🌙 waits until {time}", time=clock(local.hour * 60 + local.minute))
    return words("{kind}: {manner}", kind=named(kind, words), manner=how)


def example(words: Words, kind: Kind, how: Manner) -> Screen:
    return Screen(
        words("{kind}: this is an example. It comes {manner}.",
              kind=Markup("<b>{}</b>").format(named(kind, words)), manner=words(MANNERS[how][1]))
    )  # fmt: skip
