"""What whoever waits is told by itself: a time is free, it went on, the day came and nothing freed."""

from dataclasses import replace
from datetime import date, datetime

from bot.customer.waitlist import screens
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from core.people.model import Provider
from core.services import Core
from core.waitlist.model import Waiting, WaitState


async def _waiting(core: Core, letter: Posted, state: WaitState) -> Waiting | None:
    return await core.store.get(Waiting, id=letter.subject, person_id=letter.person_id, state=state)


async def slot_free(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    waiting = await _waiting(core, letter, WaitState.TOLD)
    if waiting is None or waiting.until is None or waiting.until <= now:
        return None
    service = core.catalog.service(service_id=waiting.service_id)
    provider = await core.store.get(Provider, id=waiting.offered_by)
    return screens.free(waiting, service, provider, now, words) if provider else None


async def slot_passed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The card that asked goes dead, silently."""
    waiting = await _waiting(core, letter, WaitState.PASSED)
    if waiting is None:
        return None
    service = core.catalog.service(service_id=waiting.service_id)
    screen = screens.gone(
        waiting, service, words("⌛ <b>The time went to the next in line.</b>"), words
    )
    return replace(screen, card=Card("wait", waiting.id, when_missing="skip"), quiet=True)


async def slot_ended(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    waiting = await _waiting(core, letter, WaitState.OVER)
    if waiting is None:
        return None
    service = core.catalog.service(service_id=waiting.service_id)
    day = words.weekday_date(date.fromordinal(waiting.day))
    said = words("🔕 <b>Nothing came free: {day}</b>", day=day)
    return replace(screens.gone(waiting, service, said, words), quiet=True)


LETTERS: dict[str, Renderer] = {
    "slot_free": slot_free, "slot_passed": slot_passed, "slot_ended": slot_ended,
}  # fmt: skip
