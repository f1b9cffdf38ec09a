"""The companies around us: which ways to pay are on, which are off and why; and the server that knows addresses."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import aiohttp

from bot.adapters.surroundings import named
from bot.config import Settings
from bot.i18n import mark
from bot.payments import Closes, missing_secrets, payment_methods
from bot.payments.keys import SECRETS
from bot.payments.shop import Shop
from bot.wiring.checkup.lines import PATIENCE_S, Line, care, good, wrong
from bot.words import METHODS


async def look(settings: Settings) -> AsyncIterator[Line]:
    if settings.sandbox:
        yield good(mark("The sandbox plays the payment companies"))
    else:
        async for line in _payments(settings):
            yield line
    async for line in _geocoder(settings):
        yield line


async def _payments(settings: Settings) -> AsyncIterator[Line]:
    shop = Shop(
        "doorstep", settings.public_url, settings.public_url, settings.currency,
        lambda: datetime.now(UTC),
    )  # fmt: skip
    keys, halves = settings.payment_keys, dict(missing_secrets(named(settings)))
    on = payment_methods(keys=keys, shop=shop)
    for method in (*SECRETS, "invoice"):
        facts = {"method": METHODS[method]}
        if method in on:
            yield good(mark("Ways to pay: {method} is on"), **facts)
        elif keys.whole(method):
            yield care(
                mark("Ways to pay: {method} has all its keys and is off"),
                mark("It needs PUBLIC_URL, and a CURRENCY that it takes (WeChat Pay and Alipay: CNY)."),
                **facts,
            )  # fmt: skip
        elif method not in halves:  # what is half there is told by /security's words
            yield good(mark("Ways to pay: {method} is off, as nothing is set for it"), **facts)
    for each in on.values():
        if isinstance(each, Closes):
            await each.aclose()


async def _geocoder(settings: Settings) -> AsyncIterator[Line]:
    if not settings.geocoder_url:
        yield good(mark("No GEOCODER_URL: places come from pins"))
        return
    url = f"{settings.geocoder_url.rstrip('/')}/search"
    params: Mapping[str, str] = {"q": settings.timezone.rpartition("/")[2], "format": "json"}
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            headers = {"User-Agent": "doorstep"}
            async with session.get(url, params=params, headers=headers) as answer:
                found = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        found = None
    if isinstance(found, list):
        yield good(mark("The server of addresses answers"))
    else:
        yield wrong(
            mark("GEOCODER_URL does not answer as a Nominatim server does"),
            mark("Check the address, or leave it empty: then places come from pins alone."),
        )
