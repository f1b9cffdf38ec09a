"""What Telegram says of the three bots and of the staff chat. Only questions are asked of it."""

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.config import OFFICIAL, Settings
from bot.gateway.way_out import connector
from bot.i18n import mark
from bot.wiring.checkup.lines import PATIENCE_S, Line, care, good, wrong
from bot.wiring.checkup.storage import agreed

_LATELY_S = 3600
_MANY = 100
_RIGHTS = {
    "can_manage_topics": mark("The admin bot may not manage topics in the staff chat"),
    "can_pin_messages": mark("The admin bot may not pin messages in the staff chat"),
    "can_delete_messages": mark("The admin bot may not delete messages in the staff chat"),
}
_NAMES = {"customer": mark("customers'"), "provider": mark("providers'"), "admin": mark("staff")}
_INSIDE = ("creator", "administrator", "member", "restricted")


class Away(Exception):
    """No answer that could be Telegram's."""


@dataclass(frozen=True, slots=True)
class Reply:
    result: Any
    code: int
    said: str
    at: datetime | None

    @property
    def ok(self) -> bool:
        return self.code == 200


class Asking:
    """Questions to the Bot API; neither tokens nor addresses with one leave it."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._base = (settings.bot_api_url or OFFICIAL).rstrip("/")
        self._tokens = {name: each.get_secret_value() for name, each in settings.tokens.items()}

    async def __call__(self, bot: str, method: str, **params: Any) -> Reply:
        url = f"{self._base}/bot{self._tokens[bot]}/{method}"
        try:
            async with self._session.post(url, json=params) as answer:
                told = await answer.json(content_type=None)
                date = answer.headers.get("Date", "")
        except (aiohttp.ClientError, TimeoutError, ValueError):
            raise Away from None
        if not isinstance(told, Mapping) or "ok" not in told:
            raise Away
        code = 200 if told["ok"] else int(told.get("error_code", 400))
        return Reply(told.get("result"), code, str(told.get("description", "")), _moment(date))


def _moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None


async def look(settings: Settings) -> AsyncIterator[Line]:
    if settings.sandbox:
        yield good(mark("No tokens: the sandbox plays Telegram"))
        return
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    way = connector(settings.bot_api_proxy.get_secret_value())
    async with aiohttp.ClientSession(timeout=timeout, connector=way) as session:
        ask = Asking(session, settings)
        try:
            async for line in _all(ask, settings):
                yield line
        except Away:
            yield wrong(
                mark("Telegram does not answer at {url}"),
                mark("Check the network, and BOT_API_URL if you set it. If Telegram is blocked, set BOT_API_PROXY."),
                url=settings.bot_api_url or OFFICIAL,
            )  # fmt: skip


async def _all(ask: Asking, settings: Settings) -> AsyncIterator[Line]:
    known: dict[str, Mapping[str, Any]] = {}
    at: datetime | None = None
    for bot in settings.tokens:
        me = await ask(bot, "getMe")
        at = me.at or at
        if not me.ok:
            yield wrong(
                mark("Telegram does not know the token of the {bot} bot"),
                mark("Copy it again from @BotFather into {name}."),
                bot=_NAMES[bot], name=f"{bot.upper()}_BOT_TOKEN",
            )  # fmt: skip
            continue
        known[bot] = me.result
        yield good(
            mark("The {bot} bot is @{name}"), bot=_NAMES[bot], name=me.result.get("username", "")
        )
    if at is not None:
        yield agreed(at, mark("Telegram's"))
    for line in _of_the_three(known):
        yield line
    for bot in known:
        async for line in _webhook(ask, bot, settings):
            yield line
    if "admin" in known:
        async for line in _staff_chat(ask, known["admin"]["id"], settings):
            yield line


def _of_the_three(known: Mapping[str, Mapping[str, Any]]) -> list[Line]:
    found = []
    if len({me["id"] for me in known.values()}) < len(known):
        found.append(
            wrong(
                mark("Two of the tokens belong to the same bot"),
                mark("Make three bots at @BotFather, and give each its own token."),
            )
        )
    if "customer" in known and not known["customer"].get("supports_inline_queries"):
        found.append(
            care(
                mark("The customer bot can't be called in other chats: people share plain links"),
                mark("Switch Inline Mode on at @BotFather (/setinline), if you want cards."),
            )
        )
    return found


async def _webhook(ask: Asking, bot: str, settings: Settings) -> AsyncIterator[Line]:
    info = (await ask(bot, "getWebhookInfo")).result or {}
    url = str(info.get("url", ""))
    lately = info.get("last_error_date", 0) > time.time() - _LATELY_S
    if settings.updates == "polling":
        if url:
            yield care(
                mark("The {bot} bot has a webhook; with UPDATES=polling it is taken away at the start"),
                mark("If another program uses this bot, give us one of our own."), bot=_NAMES[bot],
            )  # fmt: skip
        return
    ours = f"{settings.public_url.rstrip('/')}/telegram/{bot}"
    if url != ours:
        yield good(mark("The webhook of the {bot} bot is set at the start"), bot=_NAMES[bot])
    elif lately:
        yield wrong(
            mark("Telegram could not deliver to the {bot} bot's webhook: {why}"),
            mark("Open PUBLIC_URL/healthz from outside: the web server in front, its certificate and"
                 " the way to us must work."),
            bot=_NAMES[bot], why=str(info.get("last_error_message", "")),
        )  # fmt: skip
    elif info.get("pending_update_count", 0) > _MANY:
        yield care(
            mark("{n} updates wait at Telegram for the {bot} bot"),
            mark("Start Doorstep, or more processes of it."),
            bot=_NAMES[bot], n=info["pending_update_count"],
        )  # fmt: skip
    else:
        yield good(mark("The webhook of the {bot} bot works"), bot=_NAMES[bot])


async def _staff_chat(ask: Asking, admin: int, settings: Settings) -> AsyncIterator[Line]:
    chat_id = settings.staff_chat_id
    chat = await ask("admin", "getChat", chat_id=chat_id)
    if not chat.ok:
        yield wrong(
            mark("The admin bot does not find the staff chat {chat}"),
            mark("Add the bot to the group, and check STAFF_CHAT_ID."), chat=chat_id,
        )  # fmt: skip
        return
    if chat.result.get("type") != "supergroup" or not chat.result.get("is_forum"):
        yield wrong(
            mark("The staff chat has no topics"),
            mark("Turn Topics on in the settings of the group."),
        )
    me = await ask("admin", "getChatMember", chat_id=chat_id, user_id=admin)
    for line in _rights(me.result if me.ok else {}):
        yield line
    if not settings.owners:
        yield care(
            mark("OWNER_IDS is empty: on a new platform nobody can decide anything"),
            mark("Put your own Telegram id there; @userinfobot tells it."),
        )
    for owner in settings.owners:
        member = await ask("admin", "getChatMember", chat_id=chat_id, user_id=owner)
        if not member.ok or member.result.get("status") not in _INSIDE:
            yield care(
                mark("Owner {owner} is not in the staff chat"),
                mark("Invite them, or take the number out of OWNER_IDS."), owner=owner,
            )  # fmt: skip


def _rights(me: Mapping[str, Any]) -> list[Line]:
    if me.get("status") not in ("administrator", "creator"):
        return [
            wrong(
                mark("The admin bot is no administrator of the staff chat"),
                mark("Make it one, with the rights to manage topics, pin and delete messages."),
            )
        ]
    all_of_them = me["status"] == "creator"
    lacking = [said for right, said in _RIGHTS.items() if not (all_of_them or me.get(right))]
    if not lacking:
        return [good(mark("The admin bot has its rights in the staff chat"))]
    do = mark("Give it this right in the group's list of administrators.")
    return [wrong(said, do) for said in lacking]
