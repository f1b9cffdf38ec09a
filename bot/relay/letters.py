"""What arrives of a talk, as it is when it leaves; and that something could not be delivered."""

from dataclasses import replace
from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.relay import screens
from bot.relay.sides import CUSTOMER, SIDES
from bot.screen import File, Screen
from core.errors import Unknown
from core.orders.lifecycle import Actor
from core.orders.service import OrderView
from core.people.model import Provider
from core.relay.model import Relayed
from core.services import Core


async def _of(core: Core, letter: Posted) -> tuple[Relayed, OrderView] | None:
    one = await core.relay.one(relayed_id=letter.subject)
    if one is None or one.erased:
        return None
    try:
        return one, await core.orders.view(order_id=one.order_id)
    except Unknown:
        return None


async def relayed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """To a provider who lost the order meanwhile nothing of it is said any more."""
    known = await _of(core, letter)
    if known is None:
        return None
    one, view = known
    if not one.from_customer:
        writer = await core.store.get(Provider, id=one.provider_id)
        to, name = Actor.CUSTOMER, writer.name if writer else ""
    elif not _theirs(core, one, view):
        return None
    else:
        to, name = Actor.PROVIDER, words.plain(CUSTOMER)
    file = None
    if one.file_id and (kept := await core.files.read(one.file_id)):
        file = File(name=kept[0], mime=kept[1], file_id=one.file_id)
    open_ = core.relay.open(order=view.order, now=now)
    screen = screens.arrived(view, one, words, to=to, name=name[:40], file=file, open_=open_)
    return replace(screen, quiet=bool(letter.facts.get("quiet")))


def _theirs(core: Core, one: Relayed, view: OrderView) -> bool:
    """The order is still with the provider it was said to; no other one is looked for."""
    return view.provider.id == one.provider_id and core.relay.open(order=view.order, now=one.at)


async def relay_lost(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    known = await _of(core, letter)
    if known is None:
        return None
    one, view = known
    side = SIDES["customer" if one.from_customer else "provider"]
    name = view.provider.name[:40] if one.from_customer else words.plain(CUSTOMER)
    return screens.lost(view, one, words, side, name)


LETTERS: dict[str, Renderer] = {"relayed": relayed, "relay_lost": relay_lost}
