"""Whatever people write in a review or about themselves is shown to everybody as it is, and breaks nothing."""

import pytest

from tests.chat import People, Person
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    confirmed,
    its_provider,
    on_site,
    presses,
    reviewed,
    welcomed,
    worked,
)
from tests.e2e.test_robust_words import HOSTILE, reads
from tests.e2e.watching import Watch, watched

FIRST, *OTHERS = HOSTILE


async def closed(people: People, watch: Watch, customer: Player) -> int:
    """An order paid at the door, done and settled: it may be reviewed."""
    await booking(customer)
    await on_site(customer)
    order = await confirmed(customer, watch)
    provider = await its_provider(people, watch, order)
    await worked(provider, watch, order)
    await provider.press(f"cash:{order}")
    await customer.press(f"ocashyes:{order}", then="review")
    return order


async def opens_reviews(person: Person, provider: int, text: str) -> None:
    """Through the provider's page, as anybody may."""
    message = person.last["message_id"]
    await person.taps_stale(message, f"p:{provider}:0:r0000:0")
    await person.sees_where(lambda m: any(d.startswith("rv:") for d in presses(m)), what="the page")
    await person.taps_stale(message, f"rv:{provider}:0:0:r0000:0")
    await reads(person, text)


@pytest.mark.feature("C18", "C5", "X3")
async def test_a_hostile_review_is_read_by_others_as_it_was_written(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Reviewer")
        order = await closed(people, watch, customer)
        sql = "SELECT provider_id FROM orders WHERE id = ?"
        provider = int(watch.rows(sql, order)[0][0])
        await reviewed(customer, HOSTILE[FIRST], order)
        visitor = await welcomed(people, "Visitor")
        await opens_reviews(visitor.person, provider, HOSTILE[FIRST])
        for kind in OTHERS:
            message = customer.person.last["message_id"]
            await customer.person.taps_stale(message, f"redit:{order}")
            await customer.writes(HOSTILE[kind], then="rpublish")
            await customer.press("rpublish", then="redit")
            await reads(customer.person, HOSTILE[kind])
            await opens_reviews(visitor.person, provider, HOSTILE[kind])


@pytest.mark.feature("P1", "X3")
async def test_a_hostile_bio_is_shown_as_it_was_written(platform: Platform, people: People) -> None:
    async with watched(platform, people):
        player = Player(await people.person("Hostile Bio", roles=["provider"]))
        person = player.person
        await player.writes("/start")
        await person.taps("English")
        await player.press("apply", then="amyname")
        for kind, text in HOSTILE.items():
            await person.taps_stale(person.last["message_id"], "apart:bio")
            await player.writes(text)
            if kind == "long":
                await person.sees("characters at most")
                continue
            await person.taps_stale(person.last["message_id"], "areview")
            await reads(person, text)
