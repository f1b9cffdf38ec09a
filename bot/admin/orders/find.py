"""Finding orders by command, by typing and by state; looking into one."""

from bot.admin.orders import reading, screens
from bot.admin.orders.whole import whole
from bot.admin.parts import me
from bot.conversation import Talk
from bot.screen import Screen
from bot.work_files import extra_files, work_files
from core.errors import Unknown
from core.ids import read_order_number
from core.orders.find import Found, Wanted


async def find(talk: Talk) -> Screen:
    """/find 王 accepted tomorrow; /order 4827-3615; without a word, the choice of states."""
    if not talk.incoming.argument:
        return screens.filters(talk.words)
    return await typed(talk, talk.incoming.argument)


async def typed(talk: Talk, text: str) -> Screen:
    """A complete number opens the order at once, anything else gives a list."""
    if read_order_number(text):
        order = await talk.core.orders.by_number(text=text)
        if order is not None:
            return await show(talk, order.id)
    talk.expect("", query=text[:100])
    return await again(talk, 0)


async def again(talk: Talk, page: int) -> Screen:
    """The next page of what was typed last in this place."""
    text = str(talk.memory.get("query") or "")
    if not text:
        return screens.filters(talk.words)
    result = await matching(talk, text, page)
    return screens.found(talk.words, result, title=f"🔎 {text}", turn="oq", ids=(), now=talk.now)


async def matching(talk: Talk, text: str, page: int) -> Found:
    """Orders that the words mean."""
    wanted = reading.wanted(text, words=talk.words, now=talk.now)
    return await talk.core.order_finder.find(wanted=wanted, page=page)


async def by_filter(talk: Talk, number: int, page: int) -> Screen:
    label, states = reading.FILTERS[number % len(reading.FILTERS)]
    result = await talk.core.order_finder.find(wanted=Wanted(states=states), page=page)
    return screens.found(
        talk.words, result, title=talk.words(label), turn="of", ids=(number,), now=talk.now
    )


async def open_orders(talk: Talk) -> Screen:
    return await by_filter(talk, 0, 0)


async def filters(talk: Talk) -> Screen:
    return screens.filters(talk.words)


async def show(talk: Talk, order_id: int) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    return screens.order(talk.words, one, (await me(talk)).role, now=talk.now)


async def photos(talk: Talk, order_id: int) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    files = await work_files(talk.core, one.view, talk.words)
    files += await extra_files(talk.core, order_id, talk.words)
    return screens.photos(talk.words, one, files)


async def review(talk: Talk, order_id: int) -> Screen:
    """What the customer thought of it. Raises Unknown where there is none."""
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    found = await talk.core.reviews.of_order(order_id=order_id)
    if found is None:
        raise Unknown("review")
    files = await talk.core.reviews.files(ids=found.files)
    return screens.review(talk.words, one, found, files, (await me(talk)).role)


async def steps(talk: Talk, order_id: int, page: int) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    return screens.steps(talk.words, one, page, now=talk.now)
