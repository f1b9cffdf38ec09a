"""Of which kind each letter is. Whatever is not named here can't wait and always comes."""

from collections.abc import Mapping
from typing import Any

from core.people.choices import Kind
from core.services import Core

KINDS: Mapping[str, Mapping[str, Kind]] = {
    "customer": {
        "remind_day": Kind.REMINDERS,
        "remind_soon": Kind.REMINDERS,
        "finished": Kind.REVIEWS,
    },
    "provider": {
        "offer": Kind.WORK_OFFERS,
        "offer_reminder": Kind.WORK_OFFERS,
        "remind_job": Kind.WORK_REMINDERS,
        "review": Kind.WORK_REVIEWS,
        "cash_confirmed": Kind.WORK_MONEY,
        "rest_paid": Kind.WORK_MONEY,
        "payout_news": Kind.WORK_MONEY,
        "price_band": Kind.WORK_NEWS,
        "findings": Kind.WORK_NEWS,
        "level_up": Kind.WORK_NEWS,
        "level_falls": Kind.WORK_NEWS,
        "level_down": Kind.WORK_NEWS,
        "announcement": Kind.WORK_NEWS,
    },
}


async def kind_of(core: Core, letter: Any) -> Kind:
    """An example is of the kind it shows, an announcement to customers of its own."""
    if letter.kind == "example":
        return Kind(letter.facts["kind"])
    if letter.kind == "announcement" and letter.bot == "customer":
        return (await core.announcements.get(announcement_id=letter.subject)).kind
    return KINDS[letter.bot].get(letter.kind, Kind.ALWAYS)
