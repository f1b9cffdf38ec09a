"""What arrives of a talk, as it is when it leaves; and that something could not be delivered."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.relay import screens
from bot.relay.sides import CUSTOMER, SENT, SIDES
from bot.screen import File, Screen, Sign
from core.errors import Unknown
from core.orders.lifecycle import Actor
from core.orders.service import OrderView
from core.people.model import Provider
from core.relay.model import Relayed
from core.services import Core

FIRST = 1  # the version in which a message is passed on; later ones correct it


async def _of(core: Core, letter: Posted) -> tuple[Relayed, OrderView] | None:
    one = await core.relay.one(relayed_id=letter.subject)
    if one is None or one.erased:
        return None
    try:
        return one, await core.orders.view(order_id=one.order_id)
    except Unknown:
        return None


async def relayed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """To a provider who lost the order meanwhile nothing of it is said any more; its author hears so.

    Of a correction that came too late nobody hears: the words it changed had arrived.
    """
    known = await _of(core, letter)
    if known is None:
        return None
    one, view = known
    if not one.from_customer:
        writer = await core.store.get(Provider, id=one.provider_id)
        to, name = Actor.CUSTOMER, writer.name if writer else ""
    elif not _theirs(core, one, view):
        if letter.version == FIRST:
            await core.relay.lose(relayed_id=one.id)
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
    if not one.from_customer:
        return screens.lost(view, one, words, SIDES["provider"], words.plain(CUSTOMER))
    reader = await core.store.get(Provider, id=one.provider_id)
    name = reader.name[:40] if reader else ""
    if _theirs(core, one, view):
        return screens.lost(view, one, words, SIDES["customer"], name)
    open_ = core.relay.open(order=view.order, now=now)
    return screens.handed_over(view, one, words, name, open_=open_)


async def relay_sign(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Under what the author once sent; ours is there again once it was taken back."""
    one = await core.relay.one(relayed_id=letter.subject)
    if one is None or not one.message_id:
        return None
    return Screen(Markup(""), sign=Sign(one.message_id, one.sign or SENT))


LETTERS: dict[str, Renderer] = {
    "relayed": relayed,
    "relay_lost": relay_lost,
    "relay_sign": relay_sign,
}
