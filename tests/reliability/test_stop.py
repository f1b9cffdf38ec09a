"""An administrator stops a busy process: it takes nothing new, ends at once, and the next start goes on."""

from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.process import Bots, outside
from tests.reliability.test_kill import all_sent, settled, until_quiet

QUESTIONS = 5
# The parts of the process may take 10 s together; the rest is for a machine that has much else to do.
AT_MOST = 20.0
WAITING = "SELECT COUNT(*) FROM outbox WHERE bot = 'admin' AND state = 'waiting'"


# What the sandbox would answer to: its pages, its switches, its companies.
COMPANIES = ("stripe", "wechat", "alipay")
SANDBOX = (
    "/", "/page/app.js", "/sandbox/world", "/sandbox/pay/stripe/1",
    *(f"/sandbox/{company}/book" for company in COMPANIES),
    *(f"/sandbox/{company}/faults" for company in COMPANIES),
)  # fmt: skip


async def only_the_products_own_doors(url: str) -> None:
    """With real tokens nothing of the sandbox can be reached, and who has paid is led to the real chat."""
    async with ClientSession() as http:
        for path in SANDBOX:
            for method in ("GET", "POST", "DELETE"):
                async with http.request(method, url + path) as answer:
                    assert answer.status == 404, (method, path)
        async with http.get(url + "/pay/back", allow_redirects=False) as answer:
            assert answer.headers["Location"] == "https://t.me/doorstep_bot"


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
                    await only_the_products_own_doors(bots.url)
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
