"""Telegram and the card gateway in a process of their own: outside.py <folder> <notify url>; prints its port.

Beside what the sandbox keeps by itself, `sent.jsonl` tells of each message of a bot as it first was.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from aiohttp import web

from bot.sandbox import Floods, Sandbox
from bot.sandbox.gateways.stripe import StripeStandIn
from bot.wiring.sandbox import STRIPE_KEY, STRIPE_SECRET


def noting(sandbox: Sandbox, sent: TextIO) -> None:
    """Writes down what bots send, and numbers their updates from 1."""
    post = sandbox.hub.post

    def noted(chat: Any, sender: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        message = post(chat, sender, content)
        if sender["is_bot"]:
            said = message.get("text") or message.get("caption") or ""
            sent.write(json.dumps([sender["id"], chat.id, message["message_id"], said]) + "\n")
        return message

    sandbox.hub.post = noted  # type: ignore[method-assign]
    for state in sandbox.world.states.values():
        state.next_update = 1


async def main() -> None:
    folder = Path(sys.argv[1])
    app = web.Application()
    floods = Floods(group=(1000 / 60, 1000))  # what the group's limit does is a test of its own
    sandbox = Sandbox(storage=folder / "sandbox.db", floods=floods)
    stripe = StripeStandIn(
        STRIPE_KEY, STRIPE_SECRET, notify_url=sys.argv[2], clock=lambda: datetime.now(UTC),
        storage=folder / "stripe.db",
    )  # fmt: skip
    sandbox.routes(app)
    stripe.routes(app)
    await sandbox.start()
    noting(sandbox, (folder / "sent.jsonl").open("a", buffering=1))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


asyncio.run(main())
