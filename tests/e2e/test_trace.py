"""One tap can be followed: its update, what it made happen, the letters in the outbox, the messages that were sent."""

import asyncio
import json
from typing import Any

import pytest

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, on_site, welcomed


def lines(platform: Platform) -> list[dict[str, Any]]:
    found = []
    for line in platform.log.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


@pytest.mark.feature("X3")
async def test_a_tap_is_followed_to_the_message_another_task_sent(
    platform: Platform, people: People
) -> None:
    customer = await welcomed(people, "Traced")
    await booking(customer)
    await on_site(customer)
    await customer.press("bconfirm", then="omore")

    person = "SELECT id FROM person WHERE telegram_id = ?"
    ordered = f"SELECT max(id) FROM orders WHERE customer_id = ({person})"
    [(order,)] = platform.rows(ordered, customer.person.id)
    letters = (
        "SELECT id, bot, trace, message_id FROM outbox WHERE kind = 'offer' AND subject = ?"
        " AND state = 'done'"
    )
    async with asyncio.timeout(20):
        while not (found := platform.rows(letters, order)):
            await customer.look()
    [(letter, bot, trace, message)] = found
    assert trace[0] == "C"
    update = "SELECT COUNT(*) FROM inbox WHERE bot = 'customer' AND update_id = ?"
    assert platform.rows(update, int(trace[1:])) == [(1,)]

    said = [line for line in lines(platform) if line.get("trace") == trace]
    happened = [(line["kind"], line["subject"]) for line in said if line["event"] == "happened"]
    assert ("order.offered", order) in happened
    sent = [line for line in said if line["event"] == "sent" and line["outbox"] == letter]
    assert [(line["bot"], line["message"]) for line in sent] == [(bot, message)]
    assert all(str(customer.person.id) not in json.dumps(line) for line in said)
