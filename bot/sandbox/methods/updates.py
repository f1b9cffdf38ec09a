"""How a bot gets its updates: asking for them, or naming a webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.hub import Call
from bot.sandbox.refusals import bad, conflict

LOCAL = {"localhost", "127.0.0.1", "::1"}


async def get_updates(call: Call) -> list[dict[str, Any]]:
    state = call.world.states[call.bot.id]
    if state.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _allow(call)
    return await call.hub.queues[call.bot.id].poll(
        offset=call.get("offset", 0),
        limit=min(100, max(1, call.get("limit", 100))),
        timeout=min(50, max(0, call.get("timeout", 0))),
    )


def _allow(call: Call) -> None:
    state = call.world.states[call.bot.id]
    wanted = call.get("allowed_updates")
    if wanted is not None and wanted != state.allowed_updates:
        state.allowed_updates = wanted
        call.world.keep_bot(call.bot.id)


async def set_webhook(call: Call) -> bool:
    url = call.params["url"]
    if not url:
        return await delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    _allow(call)
    _set(
        call,
        {
            "url": url,
            "secret_token": secret,
            "max_connections": min(100, max(1, call.get("max_connections", 40))),
        },
    )
    call.hub.queues[call.bot.id].interrupt("terminated by setWebhook request")
    return True


async def delete_webhook(call: Call) -> bool:
    _set(call, None)
    return True


def _set(call: Call, webhook: dict[str, Any] | None) -> None:
    queue = call.hub.queues[call.bot.id]
    if call.get("drop_pending_updates"):
        queue.clear()
    call.world.states[call.bot.id].webhook = webhook
    call.world.keep_bot(call.bot.id)
    queue.bell.ring()


async def webhook_info(call: Call) -> dict[str, Any]:
    state = call.world.states[call.bot.id]
    shown = {k: v for k, v in (state.webhook or {}).items() if k != "secret_token"}
    allowed = {"allowed_updates": state.allowed_updates} if state.allowed_updates else {}
    pending = len(call.hub.queues[call.bot.id].waiting)
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": pending,
        **shown,
        **allowed,
    }


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}
