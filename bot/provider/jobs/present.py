"""The one screen an order has for this provider now: the job's card, the open offer, or why it is gone."""

from dataclasses import replace

from bot.conversation import Talk
from bot.provider.jobs import screens
from bot.provider.offers import screens as offer_screens
from bot.screen import Card, Screen
from core.errors import Unknown
from core.orders.lifecycle import PROMISED
from core.orders.model import State

MINE = PROMISED | {State.CLOSED, State.CANCELLED}


async def present(talk: Talk, order_id: int) -> Screen:
    """Raises Unknown for an order that never was this provider's to decide."""
    talk.rest()
    try:
        job = await talk.core.offers.job(order_id=order_id, person_id=talk.person.id)
    except Unknown:
        job = None
    if job is not None and job.order.state in MINE:
        seen = await talk.core.tracking.whereabouts(order=job.order, now=talk.now)
        screen = screens.card(job, talk.words, now=talk.now, followed=seen is not None)
        return replace(screen, card=Card("job", order_id))
    offer = await talk.core.offers.offer(order_id=order_id, person_id=talk.person.id)
    return offer_screens.card(offer, talk.words, now=talk.now)
