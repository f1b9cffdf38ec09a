"""What a provider is reminded of while he has a job."""

from dataclasses import replace
from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.jobs import screens
from bot.provider.letters import while_known
from bot.provider.parts import GAP, lines
from bot.screen import Card, Screen
from core.orders.contact import silent
from core.services import Core


async def contact_due(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The customer has heard nothing yet: the card once more, with sound."""
    job = await core.offers.job(order_id=letter.subject, person_id=letter.person_id or 0)
    if not silent(order=job.order):
        return None
    screen = screens.card(job, words, now=now)
    text = lines(words("👋 <b>The customer waits for a word from you</b>"), GAP, screen.text)
    return replace(screen, text=text, card=Card("job", letter.subject, anew=True))


LETTERS: dict[str, Renderer] = {"contact_due": while_known(contact_due)}
