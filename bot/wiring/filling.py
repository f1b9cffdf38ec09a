"""What stands in a new database: ready answers, the demo city where it is wanted, the owners named in the settings."""

from datetime import UTC, datetime

from bot.config import Settings
from bot.wiring.core import Built, build
from core.catalog.model import Service
from core.people.model import Provider, ProviderState, Role, Staff
from db.demo import load_city
from db.demo.model import City
from db.engine import Database
from db.migrate import migrate
from db.ready_answers import ready_answers
from db.seed import Seed


async def fill(
    settings: Settings, database: Database, built: Built, *, city: City | None, now: datetime
) -> None:
    """Demo data into an empty database only; ready answers and owners into every one."""
    if city is not None and not await built.store.count(Service):
        seed = Seed(
            database=database, indexer=built.indexer, keep=built.files.keep_drawn, new_id=built.ids,
            now=now, currency=settings.currency,
        )  # fmt: skip
        await seed.load(city)
        for provider in await built.store.find(Provider, state=ProviderState.APPROVED):
            await built.core.levels.look(provider_id=provider.id, now=now)
    await built.core.faq_editing.begin(first=ready_answers())
    await built.core.levels.begin(now=now)
    await built.core.findings.begin(now=now)
    await built.core.expiry.begin(now=now)
    await built.core.reports.begin(now=now)
    await built.core.refusals.begin(now=now)
    await built.core.backups.begin(now=now)
    await built.core.checking.begin(now=now)
    await built.core.watching.begin(now=now)
    await built.core.daily_money.begin(now=now)
    await built.core.people_finder.spell()
    for owner in settings.owners:
        if not await built.store.count(Staff, telegram_id=owner):
            await built.core.staff.enrol(
                telegram_id=owner, name="", role=Role.OWNER, by=None, now=now
            )


async def seed(settings: Settings) -> None:
    """`python -m bot seed`: the demo city into an empty database, without starting anything."""
    now = datetime.now(UTC)
    database = await Database.open(settings.database_url)
    try:
        await migrate(settings.database_url)
        city = load_city(now)
        built = build(
            settings, database, methods={}, places=city.places, clock=lambda: datetime.now(UTC)
        )
        await fill(settings, database, built, city=city, now=now)
    finally:
        await database.close()
