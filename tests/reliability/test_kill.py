"""`kill -9` at random moments while people are busy: nothing lost, nothing doubled, everybody told."""

import asyncio
import json
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.sandbox import BOTS, STAFF_CHAT
from core.catalog.publishing import terms_of
from core.changes import Changes, Terms
from core.entity import Entity
from core.people.model import Address
from db.engine import Database
from tests.chat import People, Person
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.busy import CUSTOMER, FICKLE, PROVIDER, Busy, Town
from tests.reliability.process import Bots, outside
from tests.reliability.town import CENTRE, town

CUSTOMERS, PROVIDERS = 16, 4
NAMES = ("customer", "provider", "admin")
# So many acts of these people are answered before a kill: from hardly begun to well under way.
BETWEEN = (10, 120)
ORDERS = 10
# Letters that show a card, or edit what was one.
CARDS = ("card", "card_past", "pin", "accepted", "offer", "reminder")
# What must have happened to some order or other before a run has shown anything.
STEPS = {"place", "pay", "accept", "decline", "cancel", "depart", "arrive", "start", "finish"}
# Nothing moved for so long, on however slow a machine: it never will.
STUCK = 120.0


async def settled(url: str, folder: Path, people: People) -> tuple[list[Person], list[Person]]:
    """Accounts outside and the same people in the database: customers at home, providers at work."""
    customers = [await people.person(f"Customer {n}") for n in range(CUSTOMERS)]
    providers = [await people.person(f"Provider {n}", roles=["provider"]) for n in range(PROVIDERS)]
    database = await Database.open(url)
    try:
        async with town(database, url, folder) as here:
            here.now = datetime.now(UTC)
            await here.service(keywords=["Service 0", "服务0"])
            words = terms_of(service=here.services[0])
            found = Terms("service", here.services[0].id, words)
            await here.built.store.apply(Changes().add(found))
            for account in providers:
                here._telegram = account.id - 1
                await here.provider(daily_max=20, opens=360, closes=1320)
            rows: list[Entity] = []
            for account in customers:
                here._telegram = account.id - 1
                who = here.person(account.name)
                who.lat, who.lon, who.place = *CENTRE, "Centre"
                door = Address(
                    id=here.new_id(), person_id=who.id, place="Centre", detail="Flat 5",
                    lat=CENTRE[0], lon=CENTRE[1], used_at=here.now,
                )  # fmt: skip
                rows += [who, door]
            await here.insert(rows)
    finally:
        await database.close()
    return customers, providers


@asynccontextmanager
async def everybody_busy(
    customers: list[Person], providers: list[Person], here: Town, rng: random.Random
) -> AsyncIterator[None]:
    """All of them act beside each other until the block ends."""
    stop = asyncio.Event()
    wants = [FICKLE if number % 4 == 3 else CUSTOMER for number in range(len(customers))]
    wants += [PROVIDER] * len(providers)
    lives = [
        Busy(person, wanted, here, random.Random(rng.random()))
        for person, wanted in zip(customers + providers, wants, strict=True)
    ]
    tasks = [asyncio.create_task(one.live(stop)) for one in lives]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def until_much_happened(bots: Bots, here: Town) -> None:
    """Orders enough, in many states, reviewed, asked about, paid back."""
    while True:
        await here.until(here.acts + 25)
        [steps, [[orders]], [[told]], [[back]]] = await bots.ask(
            "SELECT DISTINCT verb FROM order_step", "SELECT COUNT(*) FROM orders",
            "SELECT (SELECT COUNT(*) FROM review) * (SELECT COUNT(*) FROM said)",
            "SELECT COUNT(*) FROM refund",
        )  # fmt: skip
        if orders >= ORDERS and told and back and {verb for (verb,) in steps} >= STEPS:
            return


async def until_quiet(bots: Bots, people: People) -> None:
    """Everything under way comes to its end by itself."""
    last, since, after = {}, time.monotonic(), 0
    while left := await bots.broken(quiet=True):
        if left != last:
            last, since = left, time.monotonic()
        assert time.monotonic() < since + STUCK, (left, bots.log())
        answer = await people.call("GET", f"/events/poll?after={after}&wait=0.3")
        after = answer["seq"]


async def same_as_the_gateway(world: str, bots: Bots) -> int:
    """Each charge and each refund outside is in our book once, and nothing else is; how much came in."""
    async with ClientSession() as session, session.get(f"{world}/sandbox/stripe/book") as answer:
        book = await answer.json()
    captured, refunded = await bots.ask(
        "SELECT l.amount FROM ledger_leg l JOIN ledger_transaction t ON t.id = l.transaction_id"
        " WHERE t.kind = 'captured' AND l.amount > 0",
        "SELECT amount FROM refund WHERE state = 'done'",
    )
    assert sorted(a for (a,) in captured) == sorted(c["amount"] for c in book["charges"])
    back = sorted(r["amount"] for r in book["refunds"] if r["status"] == "succeeded")
    assert sorted(a for (a,) in refunded) == back
    return int(sum(a for (a,) in captured))


async def all_taken(folder: Path, bots: Bots) -> int:
    """Of every update that Telegram made we have exactly one, and Telegram keeps none; how many."""
    with closing(sqlite3.connect(folder / "sandbox.db", timeout=30)) as journal:
        kept = dict(journal.execute("SELECT kind, COUNT(*) FROM record GROUP BY kind"))
        states = journal.execute("SELECT body FROM record WHERE kind = 'bot'").fetchall()
    assert not kept.get("update"), "Telegram still keeps updates"
    made = {
        state["id"]: state["next_update"] - 1 for (body,) in states if (state := json.loads(body))
    }
    total = 0
    for bot, name in zip(BOTS, NAMES, strict=True):
        [taken] = await bots.ask(f"SELECT update_id FROM inbox WHERE bot = '{name}'")
        assert {n for (n,) in taken} == set(range(1, made.get(bot.id, 0) + 1)), name
        total += len(taken)
    return total


async def all_sent(folder: Path, bots: Bots) -> list[tuple[str, str]]:
    """Every letter that is done is a message in its chat; which such messages there are beyond the letters.

    Cards are left out, but for the staff's: people who look at an order get the same card by themselves.
    """
    names = {bot.id: name for bot, name in zip(BOTS, NAMES, strict=True)}
    lines = (folder / "sent.jsonl").read_text("utf-8").splitlines()
    sent = {
        (names[sender], chat, message): text
        for sender, chat, message, text in map(json.loads, lines)
    }
    [letters] = await bots.ask(
        f"SELECT kind, bot, CASE WHEN bot = 'admin' THEN {STAFF_CHAT} ELSE chat_id END, message_id"
        " FROM outbox WHERE state = 'done'"
    )
    written = {tuple(place) for _, *place in letters}
    assert not written - set(sent), "a letter that is done was never sent"
    once = {
        (bot, chat, sent[bot, chat, message])
        for kind, bot, chat, message in letters
        if bot == "admin" or not kind.endswith(CARDS)
    }
    return [
        (place[0], text) for place, text in sent.items()
        if text and place not in written and (*place[:2], text) in once
    ]  # fmt: skip


async def nothing_said_twice(bots: Bots) -> None:
    """Each question to the staff was asked once and is there once at most."""
    sql = "SELECT text FROM said WHERE text LIKE 'Question %' GROUP BY text HAVING COUNT(*) > 1"
    [doubled] = await bots.ask(sql)
    assert not doubled


SLOW = [pytest.mark.slow, pytest.mark.timeout(7200)]


@pytest.mark.parametrize(
    ("kills", "dialect"),
    [
        pytest.param(2, "sqlite", marks=pytest.mark.timeout(900)),
        # What a dead process had claimed stays claimed for its lease here: others may be at work.
        pytest.param(2, "postgresql", marks=SLOW),
        pytest.param(50, "sqlite", marks=SLOW),
        pytest.param(50, "postgresql", marks=SLOW),
    ],
)
async def test_a_killed_process_loses_and_doubles_nothing(
    kills: int, dialect: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print("SEED", seed)
    rng, port = random.Random(seed), free_port()
    starts, held = list[float](), 0
    async with scratch_url(dialect, tmp_path) as url:
        with outside(tmp_path, port) as world:
            async with People(world) as people:
                customers, providers = await settled(url, tmp_path, people)
                bots = Bots(tmp_path, world, port, url)

                async def start_code(order: int) -> str:
                    """What the customer says at the door."""
                    [[[code]]] = await bots.ask(f"SELECT start_code FROM orders WHERE id = {order}")
                    return str(code)

                here = Town(people, start_code)
                bots.start()
                try:
                    starts.append(await bots.ready())
                    async with everybody_busy(customers, providers, here, rng):
                        for _ in range(kills):
                            await here.until(here.acts + rng.randrange(*BETWEEN))
                            bots.kill()
                            held += await on_their_way(bots)
                            assert await bots.broken() == {}, bots.log()
                            bots.start()
                            starts.append(await bots.ready())
                        await until_much_happened(bots, here)
                    await until_quiet(bots, people)
                    updates = await all_taken(tmp_path, bots)
                    money = await same_as_the_gateway(world, bots)
                    copies = await all_sent(tmp_path, bots)
                    await nothing_said_twice(bots)
                    [states, [[doubts]]] = await bots.ask(
                        "SELECT state, COUNT(*) FROM orders GROUP BY state",
                        "SELECT COALESCE(SUM(doubts), 0) FROM outbox",
                    )
                finally:
                    bots.kill()
    print(
        f"kills {kills}, acts {here.acts}, updates {updates}, orders {dict(states)}, money {money},"
    )
    print(f"copies {len(copies)}, {held} letters on their way, {doubts} sendings without an answer")
    print(f"slowest start {max(starts):.1f} s")
    print("did", dict(Counter(here.did).most_common()))
    assert len(copies) <= held + doubts, copies


async def on_their_way(bots: Bots) -> int:
    """What may have gone out unrecorded when the process died: letters that were claimed, the staff's first board."""
    now = int(time.time() * 1000)
    [[[letters]], [[boards]]] = await bots.ask(
        f"SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND error = '' AND lease_until > {now}",
        "SELECT COUNT(*) FROM conversation WHERE CAST(data AS TEXT) LIKE '%\"board\"%'",
    )
    return int(letters) + (boards == 0)
