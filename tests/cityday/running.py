"""The platform's process among its outside world: Telegram and a payment company, which live in ours."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.sandbox.gateways.stripe import StripeStandIn
from tests.cityday.chats import TOKENS, Chats
from tests.cityday.clock import Clock
from tests.cityday.people import SECRET, Post
from tests.platforms import free_port

STRIPE_KEY, STRIPE_SECRET = "sk_test_city", "whsec_city"
STAFF_CHAT = -1001000000001
PATIENCE = 600.0
"""Seconds for a start, and for an end."""


@dataclass(slots=True)
class Running:
    pid: int
    post: Post
    chats: Chats
    stripe: StripeStandIn
    began: float
    """Seconds that the start took."""

    async def metrics(self) -> dict[str, float]:
        """What the platform counted, by its own names."""
        async with self.post.session.get(f"{self.post.url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line and line[0] != "#")
        return {name: float(value) for name, value in pairs}


@asynccontextmanager
async def running(url: str, folder: Path, clock: Clock) -> AsyncIterator[Running]:
    """On a settled database; `folder` holds its files, its log and where its CPU went."""
    port, chats = free_port(), Chats()
    address = f"http://127.0.0.1:{port}"
    stripe = StripeStandIn(
        STRIPE_KEY, STRIPE_SECRET, notify_url=f"{address}/pay/stripe/notify", clock=clock.now
    )
    app = web.Application(client_max_size=64 << 20)
    stripe.routes(app)
    chats.routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    stub = f"http://127.0.0.1:{runner.addresses[0][1]}"
    process = _begun(url, folder, address, stub)
    try:
        connector = aiohttp.TCPConnector(limit=100)  # Telegram's most for one bot
        async with aiohttp.ClientSession(connector=connector) as session:
            began = await _ready(session, address, process)
            yield Running(process.pid, Post(address, session, chats, clock), chats, stripe, began)
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, PATIENCE)
        await runner.cleanup()


def _begun(url: str, folder: Path, address: str, stub: str) -> subprocess.Popen[bytes]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {
        "DATABASE_URL": url, "DATA_DIR": str(folder), "HTTP_PORT": address.rpartition(":")[2],
        "BOT_API_URL": stub, "UPDATES": "webhook", "PUBLIC_URL": address, "WEBHOOK_SECRET": SECRET,
        "STAFF_CHAT_ID": str(STAFF_CHAT), "STRIPE_SECRET_KEY": STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRET": STRIPE_SECRET, "STRIPE_API_BASE": f"{stub}/sandbox/stripe",
        **{f"{bot.upper()}_BOT_TOKEN": token for bot, token in TOKENS.items()},
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.cityday.platform", folder / "clock", folder / "profile"]
    with (folder / "log.jsonl").open("wb") as out:
        return subprocess.Popen(
            list(map(str, command)), env=keep | settings, stdout=out, stderr=out
        )


async def _ready(
    session: aiohttp.ClientSession, address: str, process: subprocess.Popen[bytes]
) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() < began + PATIENCE:
        if process.poll() is not None:
            raise SystemExit("the platform did not start, see its log")
        try:
            async with session.get(f"{address}/readyz") as answer:
                if answer.status == 200:
                    return loop.time() - began
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.05)
    raise SystemExit("the platform is not ready, see its log")
