"""How home looks: before, during and after the application, and on a working day."""

from collections.abc import Callable, Sequence
from datetime import datetime

from babel import Locale
from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.apply.parts import PART_NAMES
from bot.provider.parts import GAP, lines, short, title
from bot.screen import Button, Card, Screen, press
from core.figures.spans import Unit
from core.orders.model import Order
from core.people.dossier import Application, missing, steps
from core.people.model import Provider, ProviderState


def language_name(language: str) -> str:
    """What its speakers call it: 中文, English."""
    locale = Locale.parse(language)
    return str(locale.get_language_name(locale)).capitalize()


def welcome(words: Words, platform: str, languages: Sequence[str]) -> Screen:
    text = lines(
        words("👋 <b>Work with {name}</b>", name=platform),
        words(
            "Orders near you, at your prices, in your hours. You see what you earn before you accept."
        ),
        GAP,
        words(
            "Applying takes about five minutes, and you can stop at any time: nothing gets lost."
        ),
    )
    chosen = [Button(language_name(code), press("tongue", code)) for code in languages]
    apply = Button(words.plain("✍️ Apply now"), press("apply"), style="primary")
    return Screen(text, [[apply], chosen])


def draft(words: Words, application: Application) -> Screen:
    lacking, asked = missing(application=application), steps(application=application)
    done = len(asked) - len(lacking)
    text = lines(
        words("✍️ <b>Your application</b>"),
        words("Everything you told us is saved. Go on where you stopped."), GAP,
        words("{done} of {all} answered. Next: {part}", done=done, all=len(asked),
              part=words.plain(PART_NAMES[lacking[0]])) if lacking
        else words("Everything is answered. Have a last look, then send it."),
    )  # fmt: skip
    go_on = Button(words.plain("▶️ Go on"), press("apply"), style="primary")
    look = Button(words.plain("👁 See all answers"), press("areview"))
    return Screen(text, [[go_on], [look], [_settings(words)]])


def waiting(words: Words, application: Application) -> Screen:
    open_ = [one for one in application.inquiries if not one.answered_at]
    text = lines(
        words("⏳ <b>We are looking at your application</b>"),
        words("Thank you, {name}! There is nothing to do now: the answer comes right here.",
              name=short(application.provider.name, 40)) if not open_
        else words.plural("❓ {n} question waits for your answer:",
                          "❓ {n} questions wait for your answer:", len(open_)),
        *[Markup("• {}").format(short(words.known(one.text), 200)) for one in open_],
    )  # fmt: skip
    asked = [
        [Button(short(f"✍️ {words.known(one.text)}", 40), press("iqa", one.id), style="primary")]
        for one in open_
    ]
    look = Button(words.plain("👁 What I sent"), press("areview"))
    back_ = Button(words.plain("↩️ Take it back"), press("aback"))
    card = Card("application", application.provider.id)
    return Screen(text, [*asked, [look, back_], [_settings(words)]], card=card)


TO_MEND = (
    mark("✏️ <b>Something needs fixing</b>"),
    mark("Everything else is kept. Fix it and send it again."),
)
TURNED_DOWN = (
    mark("✖ <b>Your application was not accepted</b>"),
    mark("Your answers are kept. Should things change, correct them and send it again."),
)


def rejected(words: Words, application: Application) -> Screen:
    """Why, and a button for each part; what is mended loses its button. Turned down, there is no part to mend."""
    provider = application.provider
    head, then = TURNED_DOWN if provider.turned_down else TO_MEND
    text = lines(
        words(head),
        words("Our staff say: {reason}", reason=short(provider.reason, 300)),
        words(then),
    )
    rows = [
        [Button(words.plain("✏️ Fix: {part}", part=words.plain(PART_NAMES[part])),
                press("apart", part), style="primary")]
        for part in provider.mends[:5]
    ]  # fmt: skip
    rows.append([Button(words.plain("👁 See all answers"), press("areview"))])
    return Screen(text, [*rows, [_settings(words)]])


STATES: dict[ProviderState, Callable[[Words, Application], Screen]] = {
    ProviderState.DRAFT: draft,
    ProviderState.APPLIED: waiting,
    ProviderState.REJECTED: rejected,
}


def working(
    words: Words, provider: Provider, offers: Sequence[Order], visits: Sequence[Order], *,
    now: datetime,
) -> Screen:  # fmt: skip
    on = words("🟢 You're on: new orders can come.")
    off = words("⚪ You're off: no new orders come.")
    text = lines(
        words("<b>Hello, {name}</b>", name=short(provider.name, 40)),
        on if provider.working else off,
        words("Your level: {level}", level=names.level_name(provider.level, words)), GAP,
        words("<b>Today</b>") if visits else words("Nothing planned for today."),
        *(_visit(order, words) for order in visits[:8]),
        _more(len(visits) - 8, words),
    )  # fmt: skip
    first = [[_offer(order, words, now)] for order in offers[:1]]
    return Screen(text, [*first, *_own(words, provider, asked=bool(first))])


def _visit(order: Order, words: Words) -> Markup:
    state = names.STATES[order.state][0]
    place = short(words.place(order.place), 40)
    return Markup("{} {} {} · {}").format(
        state, words.time(order.starts_at), title(order, words), place
    )


def _more(count: int, words: Words) -> Markup | None:
    return words.plural("… and {n} more", "… and {n} more", count) if count > 0 else None


def _offer(order: Order, words: Words, now: datetime) -> Button:
    when = words.moment(order.starts_at, now=now)
    return Button(
        words.plain("🔔 New order: {when}", when=when), press("offer", order.id), style="primary"
    )


def _own(words: Words, provider: Provider, *, asked: bool) -> list[list[Button]]:
    """Eight in all: while a new order waits the figures are found below the income alone."""
    flip = words.plain("⚪ Go off duty") if provider.working else words.plain("🟢 Go on duty")
    return [
        [
            Button(words.plain("📋 Jobs"), press("jobs", "next", 0)),
            Button(words.plain("🗓 Schedule"), press("sched")),
        ],
        [Button(words.plain("💰 Income"), press("money")), *([] if asked else [statistics(words)])],
        [
            Button(words.plain("🤒 Can't work"), press("away")),
            Button(flip, press("work", int(not provider.working))),
        ],
        [_settings(words), Button(words.plain("🛟 Help"), press("help"))],
    ]


def statistics(words: Words) -> Button:
    return Button(words.plain("📊 Statistics"), press("stats", Unit.WEEK, 0))


def _settings(words: Words) -> Button:
    return Button(words.plain("⚙️ Settings"), press("set"))


def hint(words: Words, typed: str) -> Markup:
    """The answer to words that mean nothing to us."""
    if not typed:
        return words("I can't do anything with that here.")
    return words("I found no job for “{text}”.", text=short(typed, 40))


def stopped(words: Words, busy: bool) -> Markup:
    said = words("Stopped. What you answered is saved.") if busy else words("Nothing to stop.")
    return said + Markup("\n\n")
