"""An administrator stops a busy process: it takes nothing new, ends at once, and the next start goes on."""

from pathlib import Path

import pytest

from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.process import Bots, outside
from tests.reliability.test_kill import all_sent, settled, until_quiet

QUESTIONS = 5
# The parts of the process may take 10 s together; the rest is for a machine that has much else to do.
AT_MOST = 20.0
WAITING = "SELECT COUNT(*) FROM outbox WHERE bot = 'admin' AND state = 'waiting'"


@pytest.mark.timeout(600)
async def test_what_waits_for_its_turn_in_the_group_does_not_hold_up_the_end(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with scratch_url("sqlite", tmp_path) as url:
        with outside(tmp_path, port) as world:
            async with People(world) as people:
                [customer, *_], _ = await settled(url, tmp_path, people)
                bots = Bots(tmp_path, world, port, url, group_limit="2/3600")
                bots.start()
                try:
                    await bots.ready()
                    await customer.writes("/start")
                    await customer.taps_stale(customer.last["message_id"], "ask")
                    for number in range(QUESTIONS):
                        await customer.writes(f"Question {number}")
                    assert (await bots.ask(WAITING))[0][0][0] >= QUESTIONS - 1
                    assert bots.terminate() < AT_MOST, bots.log()
                    assert await bots.broken() == {}
                    bots = Bots(tmp_path, world, port, url)
                    bots.start()
                    await bots.ready()
                    await until_quiet(bots, people)
                    assert await all_sent(tmp_path, bots) == []
                finally:
                    bots.kill()
    sent = (tmp_path / "sent.jsonl").read_text("utf-8")
    for number in range(QUESTIONS):
        assert f"Question {number}" in sent
