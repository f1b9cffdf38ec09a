"""An update that nobody can work is set aside: who wrote hears of it, staff are told, and the chat goes on."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import welcomed


async def changed(platform: Platform, sql: str) -> None:
    """As no part of the product would."""
    engine = create_async_engine(platform.database)
    async with engine.begin() as connection:
        await connection.execute(text(sql))
    await engine.dispose()


@pytest.mark.feature("X3", "X5")
async def test_who_wrote_what_cannot_be_worked_is_told_so_and_the_staff_too(
    own_platform: Platform, own_people: People
) -> None:
    customer = (await welcomed(own_people, "Unlucky")).person
    staff = await own_people.known("周敏")
    await changed(own_platform, "UPDATE faq_topic SET names = '[]'")

    await customer.writes("/help", answered=False)
    await customer.sees("Sorry, something went wrong on our side", timeout=60)
    reference = customer.screen.split("told: C")[1].split(".")[0]
    alerts = await staff.topic("告警")
    await staff.sees_where(
        lambda m: m.get("message_thread_id") == alerts and reference in str(m.get("text")),
        what=f"the alert about {reference}", timeout=60,
    )  # fmt: skip

    await customer.writes("/start", answered=False)
    await customer.sees("what can we do for you?")
    await customer.taps("☰ Me")
    await customer.sees_button("🎧 Support")
    await customer.taps("🎧 Support", timeout=60)
    await customer.sees("Sorry, something went wrong on our side", timeout=60)
    await changed(own_platform, 'UPDATE faq_topic SET names = \'{"en": "Booking"}\'')
    await customer.writes("/help")
    await customer.sees("How can we help?")
