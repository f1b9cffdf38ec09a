"""Eight jobs in one day, paid by link and on site: from the first offer to the last one done it takes few taps."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.chat import People, words_of
from tests.e2e.journey import SHANGHAI, SLOW, Player, about, accepts, page_of, taps_about
from tests.e2e.staff import told
from tests.e2e.test_hours import ABLE, Booker, Shop
from tests.e2e.test_late_taps import code_of
from tests.e2e.test_moving import to
from tests.e2e.test_provider import picture
from tests.e2e.watching import until
from tests.platforms import Platform

JOBS, MOST_TAPS = 8, 30
HELLO = {0, 4}  # greeted with a tap; to the others he is no stranger
OVER = {"finished", "closed"}
DRIVES = {0, 3, 6}  # shows that he is on the way; the others are next door


@pytest.fixture
async def shop(own_people: People, own_platform: Platform) -> Shop:
    """Works from six to ten and takes as many visits as come; each lasts an hour."""
    able = [row for row in own_platform.rows(ABLE) if row[5] == 60]
    provider_id, telegram_id, *facts = able[0]
    person = await own_people.known(int(telegram_id))
    await person.writes("/language")
    await person.sees_button("English")
    await person.taps("English")
    made = Shop(own_people, own_platform, provider_id, person, *facts)
    await person.writes("every day 6:00-22:00")
    await person.sees_button("Save")
    await person.taps("Save")
    await made.goes(("⚖️ Limits", "Limits"))
    await person.taps("8")
    await person.sees_button("• 8")
    return made


def starts_of(shop: Shop, count: int) -> list[datetime]:
    """One after the other, as close as his buffer lets them come, the day after tomorrow."""
    sql = "SELECT buffer_min FROM provider WHERE id = ?"
    step = -(-(shop.minutes + int(shop.platform.rows(sql, shop.id)[0][0])) // 15) * 15
    day = datetime.now(SHANGHAI).date() + timedelta(days=2)
    first = datetime.combine(day, time(6), SHANGHAI).astimezone(UTC)
    return [first + timedelta(minutes=step * number) for number in range(count)]


async def books(booker: Booker, start: datetime, *, by_link: bool) -> str:
    """The order's number, waiting for the provider."""
    if not by_link:
        return await booker.books(start, accept=False)
    await booker.chooses(start)
    await booker.person.taps("Confirm")
    await booker.person.sees_button("Open payment page")
    await page_of(Player(booker.person))
    return booker.number(await booker.person.sees("Waiting for the provider", timeout=SLOW))


async def over(shop: Shop, number: str) -> None:
    await until(lambda: shop.state(number) in OVER, lambda: shop.state(number), shop.people)


@pytest.mark.timeout(600)
@pytest.mark.feature("P2", "P5")
async def test_a_day_of_eight_jobs_takes_no_more_than_thirty_taps(shop: Shop) -> None:
    customers = await asyncio.gather(*(shop.customer() for _ in range(JOBS)))
    starts = starts_of(shop, JOBS)
    numbers = [
        await books(one, start, by_link=number % 2 == 0)
        for number, (one, start) in enumerate(zip(customers, starts, strict=True))
    ]
    provider, taps = shop.person, 0
    press = provider._press

    async def counted(*how: object, **what: object) -> None:
        nonlocal taps
        taps += 1
        await press(*how, **what)  # type: ignore[arg-type]

    provider._press = counted  # type: ignore[method-assign]
    for place, number in enumerate(numbers):
        await accepts(provider, number)
        if place in HELLO:
            await taps_about(provider, number, "Confirm details")
    for place, number in enumerate(numbers):
        await to(shop.people, shop.platform, number, hours_before=0.1)
        await provider.writes(number)
        await about(provider, number, lambda m: "I'm here" in told(m), "the job")
        if place in DRIVES:
            await taps_about(provider, number, "On the way")
            await about(provider, number, lambda m: "Share your live" in words_of(m), "the way")
        await taps_about(provider, number, "I'm here")
        await about(provider, number, lambda m: "four digits" in words_of(m), "the door")
        await provider.writes(await code_of(customers[place].person))
        await about(provider, number, lambda m: "In progress" in words_of(m), "the work")
        await shop.people.later(shop.minutes * 60)
        await provider.sends_photos(picture())  # the service asks for one of the result
        await taps_about(provider, number, "🏁 Yes, done" if place % 2 == 0 else "🏁 Done, ¥")
        await over(shop, number)
    assert 3 * JOBS <= taps <= MOST_TAPS, taps
    print(f"{JOBS} jobs, {taps} taps")
