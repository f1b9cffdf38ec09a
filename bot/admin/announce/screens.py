"""How announcements look from the moment they are sent: the list, the bar, the questions in front of grave steps."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.admin.announce.draft_screens import heads_line, lacking, title_of, when
from bot.admin.announce.whom_screens import aimed, language_name
from bot.admin.parts import back, dotted, lines
from bot.i18n import Words, mark
from bot.screen import Button, Card, Page, Screen, press
from core.announcements.model import OVER, Announcement, Errand, Heads, Spread
from core.announcements.sending import PACE
from core.people.choices import Kind

NAMES = {Kind.NEWS: mark("📣 News"), Kind.OFFERS: mark("🎁 Offer")}
SPREADS = {
    Spread.DRAFT: mark("being written"),
    Spread.SCHEDULED: mark("scheduled"),
    Spread.GOING: mark("being sent"),
    Spread.PAUSED: mark("paused"),
    Spread.DONE: mark("everybody has it"),
    Spread.STOPPED: mark("stopped"),
}
ERRANDS = {Errand.CORRECT: mark("being corrected"), Errand.WITHDRAW: mark("being taken back")}
DONE = {Errand.CORRECT: mark("corrected"), Errand.WITHDRAW: mark("taken back")}
SIGNS = {Spread.GOING: "▶️", Spread.PAUSED: "⏸", Spread.SCHEDULED: "🕘", Spread.STOPPED: "⏹",
         Spread.DONE: "✓"}  # fmt: skip
BAR, PAGE, AHEAD = 10, 5, 5


def stands(words: Words, one: Announcement) -> Markup:
    """How far it is, in a word or two."""
    if one.errand is Errand.TELL:
        return words(SPREADS[one.state])
    return words((DONE if one.state in OVER else ERRANDS)[one.errand])


def overview(
    words: Words, ahead: Sequence[Announcement], draft: Announcement | None, *, now: datetime
) -> Screen:
    told = [_line(words, one, now) for one in ahead]
    text = lines(
        words("📣 <b>Announcements</b>"),
        *(told or [words("Nothing is being sent, and nothing is scheduled.")]),
    )
    rows = [
        [Button(f"{SIGNS[one.state]} {title_of(one, words)}", press("anv", one.id))]
        for one in ahead[:AHEAD]
    ]
    write = words.plain("✏️ Go on writing") if draft else words.plain("✏️ New announcement")
    past = Button(words.plain("🗂 Past ones"), press("anold", 0))
    return Screen(text, [*rows, [Button(write, press("anew"), style="primary"), past]])


def _line(words: Words, one: Announcement, now: datetime) -> Markup:
    if one.state is Spread.SCHEDULED:
        return dotted(Markup("🕘 {}").format(when(one, words, now)), aimed(words, one))
    return dotted(stands(words, one), _share(words, one), aimed(words, one))


def _share(words: Words, one: Announcement) -> str:
    return words.percent(10_000 * _told(one) // max(one.total, 1) // 100 * 100)


def _told(one: Announcement) -> int:
    return min(one.total, one.total - one.left)


def past(words: Words, found: Sequence[Announcement], number: int, *, now: datetime) -> Screen:
    """What was sent, with its figures."""
    page = Page.of(found, number, PAGE)
    told = [_record(words, one) for one in page.items] or [words("Nothing here yet.")]
    rows = [
        [Button(f"{SIGNS[one.state]} {title_of(one, words)}", press("anv", one.id))]
        for one in page.items
    ]
    text = lines(words("🗂 <b>Past announcements</b>"), *told)
    return Screen(text, [*rows, *page.turns("anold"), back(words, press("an"))])


def _record(words: Words, one: Announcement) -> Markup:
    at = one.starts_at or one.created_at
    return Markup("\n{}\n{}").format(
        Markup("<b>{}</b> · {}").format(
            f"{words.date(words.local(at).date())} {words.time(at)}", title_of(one, words)
        ),
        dotted(stands(words, one), aimed(words, one), *_figures(words, one)),
    )


def _figures(words: Words, one: Announcement) -> list[Markup | None]:
    def counted(message: str, n: int, *, always: bool = False) -> Markup | None:
        return words(message, n=words.number(n)) if n or always else None

    return [
        counted(mark("✅ {n} got it"), one.reached, always=True),
        counted(mark("👆 {n} tapped"), one.tapped), counted(mark("🚫 {n} blocked us"), one.blocked),
        counted(mark("🔕 {n} muted it"), one.muted), counted(mark("⚠️ {n} not delivered"), one.failed),
        counted(mark("🌙 {n} wait for the end of their quiet hours"), one.waiting),
    ]  # fmt: skip


def card(words: Words, one: Announcement, *, now: datetime) -> Screen:
    """The bar that goes along by itself, and what can be done now."""
    text = lines(
        Markup("{} · <b>{}</b>").format(words(NAMES[one.kind]), stands(words, one)),
        Markup("<i>{}</i>").format(title_of(one, words, 80)),
        words("🎯 {whom}", whom=aimed(words, one)),
        *_progress(words, one, now),
    )
    return Screen(
        text, [*_acts(words, one), back(words, press("an"))], card=Card("announcement", one.id)
    )


def _progress(words: Words, one: Announcement, now: datetime) -> list[Markup]:
    if one.began_at is None:
        begins = words("🕘 Goes out {when}", when=when(one, words, now))
        return [begins if one.state is Spread.SCHEDULED else words("It never went out.")]
    done, all_ = _told(one), max(one.total, 1)
    if one.errand is not Errand.TELL:
        done, all_ = one.changed, max(one.reached, 1)
    filled = BAR if one.state is Spread.DONE else min(BAR, done * BAR // all_)
    percent = words.percent(10_000 if one.state is Spread.DONE else done * 100 // all_ * 100)
    left = all_ - done if one.errand is not Errand.TELL else one.left - one.waiting
    under_way = one.state in (Spread.GOING, Spread.PAUSED) and left > 0
    return [
        Markup("{}{} {}").format("▰" * filled, "▱" * (BAR - filled), percent),
        *(part for part in _figures(words, one) if part),
        *([words("⏳ {n} left · {time}", n=words.number(left), time=_to_go(words, left))] if under_way else []),
    ]  # fmt: skip


def _to_go(words: Words, left: int) -> str:
    took = timedelta(seconds=left / PACE)
    if took < timedelta(minutes=1):
        return words.plain("less than a minute")
    return words.plain("about {time}", time=words.minutes(round(took / timedelta(minutes=1))))


def _acts(words: Words, one: Announcement) -> list[list[Button]]:
    def act(label: str, verb: str, style: str = "") -> Button:
        return Button(words.plain(label), press(verb, one.id), style=style)  # type: ignore[arg-type]

    if one.state is Spread.SCHEDULED:
        return [[act(mark("✏️ Change it"), "anop"), act(mark("🗑 Call it off"), "anst", "danger")]]
    if one.state is Spread.GOING:
        return [[act(mark("⏸ Pause"), "anpa"), act(mark("⏹ Stop"), "anst", "danger")],
                [act(mark("↻ Refresh"), "anv")]]  # fmt: skip
    if one.state is Spread.PAUSED:
        return [[act(mark("▶️ Go on"), "anre"), act(mark("⏹ Stop"), "anst", "danger")]]
    if one.reached and not one.withdrawn:
        return [[act(mark("✏️ Correct it"), "anc"), act(mark("↩️ Take it back"), "anx")]]
    return []


def sure(words: Words, one: Announcement, heads: Heads, *, now: datetime) -> Screen:
    text = lines(
        words("📣 <b>Send it?</b>"),
        Markup("<blockquote>{}</blockquote>").format(title_of(one, words, 200)),
        words("🎯 {whom}", whom=aimed(words, one)),
        words("🕘 Goes out {when}", when=when(one, words, now)),
        heads_line(words, heads), *lacking(words, one),
    )  # fmt: skip
    label = words.plain_plural("Yes, to {shown} person", "Yes, to {shown} people", heads.reached,
                               shown=words.number(heads.reached))  # fmt: skip
    yes = Button(label, press("anyes", one.id), style="primary")
    return Screen(text, [[yes], back(words, press("and", one.id))])


def languages(words: Words, one: Announcement) -> Screen:
    rows = [[Button(language_name(code, words), press("ancl", one.id, code))] for code in one.texts]
    text = lines(
        words("✏️ <b>Which text is to be corrected?</b>"),
        words("It changes in the chats of everybody who got it, without a sound."),
    )
    return Screen(text, [*rows, back(words, press("anv", one.id))])


def ask_fix(words: Words, one: Announcement, language: str, most: int) -> Screen:
    text = lines(
        words("<b>What is the right text in {language}?</b>", language=language_name(language, words)),
        words("Type all of it, at most {most} characters. Formatting is kept.", most=words.number(most)),
        Markup("<blockquote>{}</blockquote>").format(Markup(one.texts.get(language, ""))),
    )  # fmt: skip
    return Screen(text, [back(words, press("anc", one.id))])


def sure_fix(words: Words, one: Announcement, language: str, text: str) -> Screen:
    told = lines(
        words("✏️ <b>Correct it for everybody who got it?</b>"),
        Markup("<blockquote>{}</blockquote>").format(Markup(text)),
        words.plural("It reached {shown} person.", "It reached {shown} people.", one.reached,
                     shown=words.number(one.reached)),
    )  # fmt: skip
    yes = Button(words.plain("Yes, correct it"), press("ancy", one.id), style="primary")
    return Screen(told, [[yes], back(words, press("ancl", one.id, language))])


def sure_back(words: Words, one: Announcement) -> Screen:
    text = lines(
        words("↩️ <b>Take it back?</b>"),
        words.plural("It vanishes from the chat of {shown} person.",
                     "It vanishes from the chats of {shown} people.", one.reached,
                     shown=words.number(one.reached)),
        words("What is older than 48 hours stays as a line that it was withdrawn."),
    )  # fmt: skip
    yes = Button(words.plain("Yes, take it back"), press("anxy", one.id), style="danger")
    return Screen(text, [[yes], back(words, press("anv", one.id))])
