"""A database with a whole city in it: the catalogue as the product loads it, the people at once."""

import random
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.wiring.core import build
from bot.wiring.filling import fill
from core.catalog.model import Service
from db.demo import load_city, portraits
from db.engine import Database
from db.migrate import migrate
from tests.cityday.loading import load
from tests.cityday.population import Population

FACES = 24


@dataclass(frozen=True, slots=True)
class Wish:
    """How big a city."""

    providers: int
    customers: int
    seed: int
    zone: str = "Asia/Shanghai"


async def settle(url: str, folder: Path, wish: Wish, *, now: datetime) -> None:
    """Into an empty database; `folder` becomes the platform's folder of data."""
    settings = Settings(_env_file=None, database_url=url, data_dir=folder)
    city = replace(load_city(now), providers=(), customers=(), staff=())
    await migrate(url)
    database = await Database.open(url)
    try:
        built = build(settings, database, methods={}, places=city.places, clock=lambda: now)
        await fill(settings, database, built, city=city, now=now)
        services = {one.code: one for one in await built.store.find(Service, limit=1_000)}
        faces = [
            built.files.keep_drawn(
                content=portraits.drawn(seed=n, gender="fm"[n % 2], trade="cleaning", years=5),
                name=f"face {n}", now=now,
            )
            for n in range(FACES)
        ]  # fmt: skip
    finally:
        await database.close()
    population = Population(
        random.Random(wish.seed), now, wish.zone,
        [(services[one.code], one.trade, one.price) for one in city.services],
        city.places, faces, wish.providers, wish.customers,
    )  # fmt: skip
    await load(url, population.loads())
