"""A customer who may not book is told so, and later that it is over."""

from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import home_row, lines, short
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from core.errors import Unknown
from core.people.model import Person
from core.services import Core


def why(words: Words, person: Person) -> Markup:
    reason = short(words.known(person.frozen_reason), 200)
    return words("Our staff say: {reason}", reason=reason)


async def _person(core: Core, letter: Posted) -> Person | None:
    try:
        return await core.people.get(person_id=letter.subject)
    except Unknown:
        return None


async def frozen(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nothing where it is over before this left."""
    person = await _person(core, letter)
    if person is None or not person.frozen:
        return None
    text = lines(
        words("🧊 <b>You can't book just now</b>"),
        why(words, person),
        words(
            "What you have booked stays as it is. Is it a mistake? Then write to us, and we look at it again."
        ),
    )
    ask = Button(words.plain("💬 Talk to a person"), press("ask"), style="primary")
    return Screen(text, [[ask], home_row(words)])


async def unfrozen(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    person = await _person(core, letter)
    if person is None or person.frozen:
        return None
    text = lines(words("☀️ <b>You can book again</b>"), words("Welcome back."))
    return Screen(text, [home_row(words)])


async def _over(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
    return words("🧊 For some time you could not book")


def until_lifted(person: Person) -> Card | None:
    """What says it stands in the place of the letter about it: it ends with it."""
    return Card("customer_frozen", person.id, stands=True) if person.frozen else None


STANDS: Table = {"customer_frozen": (frozen, _over)}
LETTERS: dict[str, Renderer] = {"customer_unfrozen": unfrozen} | standing(STANDS)
