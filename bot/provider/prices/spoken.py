"""“我想涨价”, “change my price”, “空调维修改成150”: words about prices find the screen, from anywhere."""

import re

from bot.amounts import folded, read_amount
from bot.conversation import Talk
from bot.numerals import in_digits
from bot.provider.prices import adding, handlers
from bot.screen import Screen
from core.errors import NotAllowedNow, Unknown
from core.people.model import ProviderState

_ABOUT = re.compile(
    r"[涨降调改提加]\s*(?:一?下|个)?\s*(?:价|收费)|(?:价格|价钱|收费|报价)|收多少|服务项目"
    r"|\b(?:my|change|raise|lower|new|set|increase|update|higher|adjust)\b.*\b(?:prices?|rates?|fees?)\b"
    r"|^(?:prices?|rates?|fees?)$|\bcharge (?:more|less)\b"
)
_TO = re.compile(
    r"(?:到|成|为|至|改|\bto\b|=|:|：)\s*([¥$€]?\s*\d+(?:[.,]\d+)?)\s*(?:元|块|yuan|rmb)?\s*$"
)
_MORE = re.compile(
    r"[加添增]加?(?:个|1个|1项)?(?:新)?(?:的)?服务|\badd (?:a|1|another|more)? ?(?:new )?services?\b"
)


async def answered(talk: Talk) -> Screen | None:
    """What is typed while a price is on the screen; not of a service that is given up by now."""
    try:
        return await handlers.answered(talk)
    except (NotAllowedNow, Unknown):
        return None


async def understood(talk: Talk, text: str) -> Screen | None:
    """The service that was named, with the price that was named; else all of them. None for other words."""
    text = in_digits(folded(text)).casefold()[:200]
    to = _TO.search(text)
    more = bool(_MORE.search(text))
    if not _ABOUT.search(text) and not to and not more:
        return None
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    if provider is None or provider.state is not ProviderState.APPROVED:
        return None
    if more:
        return await adding.categories(talk, 0)
    mine = await talk.core.prices.mine(person_id=talk.person.id, now=talk.now)
    meant = [each for each in mine if _names(each.service.names, text)]
    if not _ABOUT.search(text) and len(meant) != 1:
        return None
    amount = read_amount(to[1], talk.words.currency) if to else None
    chosen = meant or (mine if len(mine) == 1 else [])
    if len(chosen) == 1 and amount:
        return await handlers.look(talk, chosen[0].service.id, amount)
    if len(meant) == 1:
        return await handlers.one(talk, meant[0].service.id)
    return await handlers.prices(talk, 0)


def _names(names: dict[str, str], text: str) -> bool:
    return any(name and folded(name).casefold() in text for name in names.values())
