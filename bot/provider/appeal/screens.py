"""How a pause of the account looks, and the appeal against it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.screen import Button, Card, Screen, press
from core.appeals.looking import Paused
from core.appeals.model import AppealState
from core.orders.model import Order

SHOWN, QUOTED = 5, 1200
# Whether somebody else than who froze is there to decide.
LOOKS = {
    True: mark(
        "Sent {time}. Somebody other than who paused your account decides; the answer comes right here."
    ),
    False: mark("Sent {time}. Our staff look at it again; the answer comes right here."),
}


def reason(paused: Paused, words: Words) -> Markup:
    return words("Reason: {reason}", reason=short(words.known(paused.freeze.reason), 300))


def frozen(words: Words, paused: Paused, passed_on: Sequence[Order], *, now: datetime) -> Screen:
    """Home of somebody who was taken out: why, since when, what was passed on, and what can be done."""
    more = len(passed_on) - SHOWN
    text = lines(
        words("⛔ <b>Your account is on hold</b>"),
        words("Since {time}", time=words.lasting(paused.freeze.at)),
        reason(paused, words),
        GAP,
        words("You get no new orders. What hasn't begun goes to somebody else; finish what has, see Jobs."),
        GAP if passed_on else None,
        words("<b>Passed on:</b>") if passed_on else None,
        *[_passed(order, words) for order in passed_on[:SHOWN]],
        words.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        *_stands(paused, words, now),
    )  # fmt: skip
    rows = [
        [Button(words.plain("📋 Jobs"), press("jobs", "next", 0)),
         Button(words.plain("💰 Income"), press("money"))],
        [Button(words.plain("⚙️ Settings"), press("set")),
         Button(words.plain("🛟 Help"), press("help"))],
    ]  # fmt: skip
    if paused.may_write(now=now):
        draft = paused.appeal is not None and paused.appeal.state is AppealState.DRAFT
        label = words.plain("⚖️ Go on with the appeal") if draft else words.plain("⚖️ Appeal")
        rows.insert(0, [Button(label, press("appeal"), style="primary")])
    return Screen(text, rows, card=_until_lifted(paused))


def _until_lifted(paused: Paused) -> Card:
    """The pages of a pause stand in the place of the letter about it: they end with it."""
    return Card("frozen", paused.freeze.provider_id, stands=True)


def _passed(order: Order, words: Words) -> Markup:
    return Markup("• {} · {}").format(title(order, words), words.lasting(order.starts_at))


def _stands(paused: Paused, words: Words, now: datetime) -> list[Markup]:
    """How the appeal stands, where one was sent."""
    appeal = paused.appeal
    if appeal is None or appeal.state is AppealState.DRAFT:
        return [GAP, words("Is it a mistake? Tell us, and it is looked at again.")]
    if appeal.state is AppealState.OPEN and appeal.sent_at:
        return [
            GAP, words("⚖️ <b>Your appeal is being checked</b>"),
            words(LOOKS[paused.by_another], time=words.lasting(appeal.sent_at)),
        ]  # fmt: skip
    if paused.again_at is None or appeal.decided_at is None:
        return []
    told = [
        GAP, words("⚖️ <b>Your appeal was turned down</b>"),
        words("Our staff say: {reason}", reason=short(words.known(appeal.answer), 300)),
    ]  # fmt: skip
    if now < paused.again_at:
        when = words.date(words.local(paused.again_at).date())
        told.append(words("You can appeal again from {date}.", date=when))
    return told


def writing(words: Words, paused: Paused) -> Screen:
    """What the appeal says so far."""
    appeal = paused.appeal if paused.appeal and paused.appeal.state is AppealState.DRAFT else None
    there = appeal is not None and bool(appeal.text or appeal.files)
    text = lines(
        words("⚖️ <b>Your appeal</b>"),
        reason(paused, words),
        GAP,
        words("Tell us what happened, in your words. Photos and documents help: just send them."),
        words("You can send one appeal, so take your time: what you write is kept.") if not there else None,
        GAP if there else None,
        Markup("<blockquote>{}</blockquote>").format(_cut(appeal.text)) if appeal and appeal.text else None,
        words.plural("📎 {n} file", "📎 {n} files", len(appeal.files)) if appeal and appeal.files else None,
    )  # fmt: skip
    rows = []
    if there:
        rows = [
            [Button(words.plain("📨 Send it"), press("appealsend"), style="primary")],
            [Button(words.plain("🗑 Start over"), press("appealnew"))],
        ]
    return Screen(text, [*rows, [back(words, press("home"))]], card=_until_lifted(paused))


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def unreadable(words: Words) -> Markup:
    return words("I can only take words, photos, videos, voice messages and documents here.")


def no_words(words: Words) -> Markup:
    return words("Please write a few words first: what happened?")


def not_paused(words: Words) -> Markup:
    return words("Your account is not on hold, so there is nothing to appeal.")


def kept(words: Words, answer: str, again: datetime | None) -> Screen:
    text = lines(
        words("⚖️ <b>Your account stays on hold</b>"),
        words("We looked at your appeal again."),
        words("Our staff say: {reason}", reason=short(answer, 300)),
        words("You can appeal again from {date}.", date=words.date(words.local(again).date()))
        if again else None,
    )  # fmt: skip
    ask = Button(words.plain("💬 Talk to a person"), press("ask"))
    return Screen(text, [[ask], home_row(words)])
