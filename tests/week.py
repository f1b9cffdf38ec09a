"""A week of a platform out of a seed: people book, come, fail and quarrel, and an operator works off the alerts.

    python -m tests.week --orders 200 --seed 1

Every order is a story of the table below; the sandbox's clock moves on between them. At the end an operator works off
the topic of alerts by its buttons, and it is printed what happened, how fast, and which invariants broke.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientError

from db.engine import Database
from tests.chat import Message, People, Person, words_of
from tests.databases import written
from tests.db.invariants import broken
from tests.e2e.journey import about, accepts, offer_of, presses, taps_about, with_verb
from tests.e2e.staff import OPERATOR, act, colleague, its_provider, opened
from tests.e2e.test_booking import ordered
from tests.e2e.test_story import EN, booked, pays
from tests.platforms import Platform

DAYS = 7
AT_ANY_HOUR = "INSERT INTO rule_value (id, name, value) VALUES (1, 'depart_ahead_hours', '1440')"


@dataclass
class Job:
    """One order with its two sides and a member of the staff."""

    people: People
    staff: Person
    customer: Person
    provider: Person
    number: str


Story = Callable[[Job], Awaitable[None]]


async def silent(job: Job) -> None:
    """Nobody answers the offer."""


async def declined(job: Job) -> None:
    offer = await offer_of(job.provider, job.number)
    await job.provider.taps_stale(offer["message_id"], str(with_verb(offer, "decline")))


async def accepted(job: Job) -> None:
    """Promised, and then nothing: no word, nobody comes."""
    await accepts(job.provider, job.number)


async def called_off(job: Job) -> None:
    await accepts(job.provider, job.number)
    await opened(job.staff, job.number, "Accepted")
    await act(
        job.staff, ("Cancel order", "Cancel"), ("Free", "Why?"), ("customer asked", "Reason"),
        ("Yes, cancel", "Cancelled"),
    )  # fmt: skip


async def at_the_door(job: Job) -> None:
    """There, and never begins."""
    await accepts(job.provider, job.number)
    await taps_about(job.provider, job.number, "I'm here")
    await about(job.provider, job.number, _has("Start with code"), "the door")


async def at_work(job: Job) -> None:
    """Begins by the staff's leave, and never ends."""
    await at_the_door(job)
    await opened(job.staff, job.number, "Arrived")
    await act(job.staff, ("Start without code", "Why?"), ("Too many", "without the customer's"))
    await job.staff.taps("Yes, start")
    await about(job.provider, job.number, _has("Finish"), "the way to finish")


async def unpaid(job: Job) -> None:
    """Done, and nobody names the money."""
    await at_work(job)
    for label in ("Finish", "Yes, done"):
        await taps_about(job.provider, job.number, label)


async def paid(job: Job) -> None:
    await unpaid(job)
    await taps_about(job.provider, job.number, "Received")


async def agreed(job: Job) -> None:
    """Nothing is left to do."""
    await paid(job)
    asked = await about(
        job.customer, job.number, lambda m: bool(with_verb(m, "ocashyes")), "the cash"
    )
    await job.customer.taps_stale(asked["message_id"], str(with_verb(asked, "ocashyes")))


async def quarrelled(job: Job) -> None:
    """The two name different amounts."""
    await paid(job)
    await job.customer.sees_button("Another amount")
    await job.customer.taps("Another amount")
    await job.customer.writes("50", answered=False)
    await job.customer.sees_button("Yes, ¥50")
    await job.customer.taps("Yes, ¥50")


async def guessed(job: Job) -> None:
    """Wrong start codes until one try is left, and then he waits."""
    await at_the_door(job)
    await taps_about(job.provider, job.number, "Start with code")
    await job.provider.sees("four digits")
    for left in (4, 3, 2, 1):
        await job.provider.writes("0000", answered=False)
        await job.provider.sees(f"{left} tr")


async def blocked(job: Job) -> None:
    """The customer blocks the bot and is never heard of again; the work is done all the same."""
    await accepts(job.provider, job.number)
    await job.customer.blocks()
    await taps_about(job.provider, job.number, "I'm here")
    await opened(job.staff, job.number, "Arrived")
    await act(job.staff, ("Start without code", "Why?"), ("Too many", "without the customer's"))
    await job.staff.taps("Yes, start")
    for label in ("Finish", "Yes, done", "Received"):
        await taps_about(job.provider, job.number, label)


async def thought_better(job: Job) -> None:
    """The customer cancels, and what was paid goes back."""
    await job.customer.writes(job.number, answered=False)
    for label, then in (("Cancel order", "costs you nothing"), ("Yes, cancel it", "Cancelled")):
        await taps_about(job.customer, job.number, label)
        await job.customer.sees(then)


async def given_back(job: Job) -> None:
    """The provider accepts, gives it back, and somebody else is looked for."""
    await accepts(job.provider, job.number)
    await taps_about(job.provider, job.number, "Give back")
    await taps_about(job.provider, job.number, "Yes, give back")


async def complained(job: Job) -> None:
    """Done and paid; then the customer complains, which staff find on their list."""
    await agreed(job)
    anna = job.customer
    await anna.writes("/help", answered=False)
    await act(
        anna,
        ("Complaint or idea", "It gets a number"),
        ("A complaint", "📎"),
        ("📎", "About order"),
    )
    await anna.writes("It leaks again", answered=False)
    await anna.sees("Your complaint is T")
    await job.staff.writes("/tickets", answered=False)
    await job.staff.sees_where(lambda m: anna.name in str(m), what="the complaint")


STORIES: tuple[tuple[Story, int], ...] = (
    (agreed, 26), (paid, 4), (silent, 8), (declined, 10), (accepted, 8), (called_off, 6), (at_the_door, 4),
    (at_work, 4), (unpaid, 5), (quarrelled, 5), (guessed, 4), (blocked, 4), (thought_better, 6),
    (given_back, 4), (complained, 4),
)  # fmt: skip
BY_CARD = (silent, declined, thought_better, called_off, given_back)
"""These are paid in advance every other time, so that money goes back."""


def _has(text: str) -> Callable[[Message], bool]:
    return lambda message: text in words_of(message) or text in str(message.get("reply_markup"))


@dataclass
class Week:
    people: People
    rng: random.Random
    told: Counter[str] = field(default_factory=Counter)
    stopped: list[str] = field(default_factory=list)

    async def order(self, staff: Person) -> None:
        stories, weights = zip(*STORIES, strict=True)
        [story] = self.rng.choices(stories, weights)
        try:
            customer, number = await self.booked(
                by_card=story in BY_CARD and self.rng.random() < 0.5
            )
            provider = await its_provider(self.people, await opened(staff, number))
            await story(Job(self.people, staff, customer, provider, number))
        except (AssertionError, ClientError) as error:
            self.stopped.append(f"{story.__name__}: {str(error).splitlines()[0][:150]}")
            return
        self.told[story.__name__] += 1

    async def booked(self, *, by_card: bool) -> tuple[Person, str]:
        if not by_card:
            return await ordered(self.people)
        customer, _, number = await booked(self.people, EN)
        await pays(customer, EN)
        await customer.sees(EN.paid)
        return customer, number

    async def passes(self, orders: int) -> None:
        """The clock moves by small steps, so that what is due comes in its order."""
        staff = await colleague(self.people, "operator")
        for _ in range(orders):
            await self.order(staff)
            await self.people.later(DAYS * 86_400 / orders)
            await asyncio.sleep(0.3)

    async def left(self) -> list[Message]:
        """Alerts that stand in their topic."""
        chat = await (await self.people.known(OPERATOR)).refresh()
        return [m for m in chat.messages(await chat.topic("🚨")) if with_verb(m, "art")]

    async def operated(self) -> list[str]:
        """An operator settles what is about cash and explains the rest; what can't be ended by buttons is told."""
        chat, stuck = await self.people.known(OPERATOR), []
        for alert in await self.left():
            try:
                await _ended(chat, alert)
            except AssertionError as error:
                stuck.append(f"{words_of(alert).splitlines()[0]}: {str(error).splitlines()[0]}")
        return stuck


async def _ended(chat: Person, alert: Message) -> None:
    """Along its own buttons, until one line is left."""
    settles = bool(with_verb(alert, "osn"))
    shown = alert
    for verb in ("osn", "xmr", "xms", "xmy") if settles else ("ard", "ars", "ary"):
        shown = (
            alert if shown is alert and with_verb(alert, verb) else await _newer(chat, alert, verb)
        )
        await chat.taps_stale(shown["message_id"], str(with_verb(shown, verb)))
    await chat.sees_where(
        lambda m: m["message_id"] == alert["message_id"] and not presses(m), timeout=30,
        what="one line",
    )  # fmt: skip


async def _newer(chat: Person, alert: Message, verb: str) -> Message:
    def there(message: Message) -> bool:
        return message["message_id"] > alert["message_id"] and bool(with_verb(message, verb))

    return await chat.sees_where(there, what=verb)


async def run(orders: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform(Path(folder) / "data")
        platform.data.mkdir()
        platform.start()
        try:
            await _answers(platform)
            platform.stop()
            written(platform.database, AT_ANY_HOUR)
            platform.start()
            await _answers(platform)
            await _told(platform, orders, seed)
        finally:
            platform.stop()


async def _answers(platform: Platform) -> None:
    """On a busy machine the first start, which makes the whole city, takes a while."""
    try:
        await platform.ready()
    except AssertionError:
        await platform.ready()


async def _told(platform: Platform, orders: int, seed: int) -> None:
    out, began = sys.stdout.write, time.monotonic()
    async with People(platform.url) as people:
        week = Week(people, random.Random(seed))
        await week.passes(orders)
        spent = time.monotonic() - began
        left = await week.left()
        stuck = await week.operated()
        passed = await people.call("POST", "/clock", json={"shift_seconds": 0})
        now = datetime.fromtimestamp(passed["now"], UTC)
        out(f"seed {seed}: {orders} orders in {spent:.0f} s, {dict(week.told)}\n")
        for line in week.stopped:
            out(f"stopped: {line}\n")
        found = platform.rows("SELECT kind, fate, COUNT(*) FROM alert GROUP BY kind, fate")
        out(
            f"alerts: {found}\nstates: {platform.rows('SELECT state, COUNT(*) FROM orders GROUP BY state')}\n"
        )
        out(f"parked: {platform.rows('SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL')}\n")
        for message in left:
            out(f"--- {words_of(message)}\n    {presses(message)}\n")
        out(f"not ended by buttons: {stuck}\n")
    platform.stop()
    database = await Database.open(platform.database)
    try:
        out(f"invariants: {await broken(database, now=now)}\n")
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="A simulated week of the platform.")
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asyncio.run(run(asked.orders, asked.seed))


if __name__ == "__main__":
    main()
