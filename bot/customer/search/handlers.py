"""Whatever is typed outside a question gets an answer: an order, services, people, or the way to support."""

import asyncio
import re

from bot.conversation import Talk
from bot.customer.follow import follow
from bot.customer.home.handlers import home_page
from bot.customer.place.handlers import near, settle
from bot.customer.search import screens
from bot.screen import Screen, press

LONGEST = 80
LIKE_ORDER = re.compile(r"[#＃№]? ?\d{4}[-–— ]?\d{4}")
# Short words that mean a screen rather than a service.
SHORTCUTS = {
    press("help"): ("help", "support", "客服", "人工", "人工客服", "帮助", "投诉"),
    press("orders", 0): ("orders", "my orders", "订单", "我的订单"),
    press("set"): ("settings", "设置", "语言", "language"),
    press("home", 0): (
        "menu", "home", "start", "hello", "hello there", "hi", "hi there", "hey",
        "首页", "菜单", "主页", "你好", "您好", "你好呀", "嗨", "哈喽", "在吗", "有人吗",
    ),
}  # fmt: skip
WORDS = {word: data for data, words in SHORTCUTS.items() for word in words}


async def typed(talk: Talk) -> Screen | None:
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        return await settle(talk, lat, lon, await near(talk, lat, lon))
    text = " ".join(talk.incoming.text.split())[:LONGEST]
    if not text:
        return screens.unreadable(talk.words)
    if (known := await shortcut(talk, text)) is not None:
        return known
    talk.expect("", asked=text)
    return await _results(talk, text)


async def shortcut(talk: Talk, text: str) -> Screen | None:
    """Words that mean a screen, and order numbers."""
    if data := WORDS.get(text.casefold().strip(" .,!?。，！？~～")):
        return await follow(talk, data)
    return await _order(talk, text) if LIKE_ORDER.fullmatch(text) else None


async def _order(talk: Talk, number: str) -> Screen | None:
    """Mistyped, unknown and somebody else's sound alike."""
    order = await talk.core.orders.by_number(text=number)
    if order is None or order.customer_id != talk.person.id:
        return screens.no_order(talk.words, number)
    return await follow(talk, press("order", order.id))


async def found(talk: Talk) -> Screen | None:
    """The results again, found anew from the words that were typed."""
    text = talk.memory.get("asked", "")
    talk.expect("", asked=text)
    return await _results(talk, text) if text else await home_page(talk, 0)


async def _results(talk: Talk, text: str) -> Screen:
    finder, person = talk.core.finder, talk.person
    services, providers = await asyncio.gather(
        finder.services(text=text, now=talk.now, limit=5),
        finder.providers_by_name(text=text, now=talk.now),
    )
    if not services and not providers:
        return screens.nothing(talk.words, text, finder.nearest_categories(text=text))
    prices = await asyncio.gather(*(
        finder.price_from(
            service_id=service.id, lat=person.lat, lon=person.lon, now=talk.now
        )
        for service in services
    ))  # fmt: skip
    return screens.results(talk.words, text, list(zip(services, prices, strict=True)), providers)
