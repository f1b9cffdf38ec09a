"""What is told by itself: a date of a series needs an answer."""

from datetime import datetime

from bot.customer.series import screens
from bot.customer.series.handlers import who
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Screen
from core.series.model import DateState
from core.services import Core


async def asked(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nothing once it was answered, or is past."""
    choice = await core.repeating.choice(
        date_id=letter.subject, person_id=letter.person_id or 0, now=now
    )
    if choice.date.state is not DateState.OPEN or choice.date.starts_at <= now:
        return None
    service = core.catalog.service(service_id=choice.series.service_id)
    return screens.date(choice, service, await who(core, choice.series), now, words)


LETTERS: dict[str, Renderer] = {"series_asked": asked}
