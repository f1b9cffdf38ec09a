"""`kill -9` between a message and its record, hit on purpose: it may be said once more, never forgotten."""

from pathlib import Path

import pytest

from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.process import Bots, outside
from tests.reliability.test_kill import (
    all_sent,
    all_taken,
    nothing_said_twice,
    on_their_way,
    settled,
    until_quiet,
)

QUESTION = "Question 1: who heard this?"


@pytest.mark.timeout(600)
async def test_a_message_that_left_without_being_recorded_is_repeated_once(tmp_path: Path) -> None:
    port = free_port()
    async with scratch_url("sqlite", tmp_path) as url:
        with outside(tmp_path, port) as world:
            async with People(world) as people:
                [customer, *_], _ = await settled(url, tmp_path, people)
                staff = await people.person("Colleague", roles=["staff"])
                bots = Bots(tmp_path, world, port, url)
                bots.start()
                try:
                    await bots.ready()
                    await customer.writes("/start")
                    await customer.taps_stale(customer.last["message_id"], "ask")
                    await customer.writes("Question 0: the topic is made")
                    await until_quiet(bots, people)
                    await people.fault("timeout", method="sendMessage", bot="doorstep_staff_bot")
                    await customer.writes(QUESTION)
                    await staff.sees(QUESTION)
                    while await on_their_way(bots) != 1:  # whatever else is under way arrives
                        await people.call("GET", "/events/poll?after=0&wait=0.1")
                    bots.kill()
                    await people.no_faults()
                    bots.start()
                    await bots.ready()
                    await until_quiet(bots, people)
                    await all_taken(tmp_path, bots)
                    assert len(await all_sent(tmp_path, bots)) == 1
                    await nothing_said_twice(bots)
                finally:
                    bots.kill()
    assert (tmp_path / "sent.jsonl").read_text("utf-8").count(QUESTION) == 2
