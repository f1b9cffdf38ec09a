"""What a bot says about itself: names, commands per scope and language, the menu button."""

import json
import re
from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.refusals import bad
from bot.sandbox.world import Chat, Person, World

LONGEST = {"name": 64, "description": 512, "short_description": 120}
FIELDS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}
SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
}  # fmt: skip


async def get_me(call: Call) -> dict[str, Any]:
    return call.me() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": call.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _language(call: Call) -> str:
    code: str = call.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2,3})?", code):
        raise bad("invalid language code specified")
    return code


def _field(call: Call) -> str:
    return FIELDS[call.method[len("setMy") :]]


async def set_text(call: Call) -> bool:
    field = _field(call)
    value = call.get(field, "")
    if len(value) > LONGEST[field]:
        raise bad(f"bot {field.replace('_', ' ')} is too long")
    texts = call.world.states[call.bot.id].names.setdefault(field, {})
    texts[_language(call)] = value
    if not value:
        del texts[_language(call)]
    call.world.keep_bot(call.bot.id)
    _tell(call, "")
    return True


async def get_text(call: Call) -> dict[str, str]:
    field = _field(call)
    texts = call.world.states[call.bot.id].names.get(field, {})
    unset = call.bot.name if field == "name" else ""
    return {field: texts.get(_language(call)) or texts.get("", unset)}


def _key(kind: str, chat: Any = "", person: Any = "", language: str = "") -> str:
    return json.dumps([kind, str(chat), str(person), language])


def _scope(call: Call) -> str:
    scope = call.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    kind = scope["type"]
    if kind in ("chat", "chat_administrators", "chat_member") and "chat_id" not in scope:
        raise bad("can't parse BotCommandScope: chat_id is empty")
    if "chat_id" in scope:
        chat_id = scope["chat_id"]
        number = int(chat_id) if str(chat_id).lstrip("-").isdigit() else chat_id
        call.hub.chat(call.bot.id, number)
    return _key(kind, scope.get("chat_id", ""), scope.get("user_id", ""), _language(call))


async def set_commands(call: Call) -> bool:
    commands = call.params["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"].removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    _store(
        call,
        _scope(call),
        [
            {"command": c["command"].removeprefix("/"), "description": c["description"]}
            for c in commands
        ],
    )
    return True


async def delete_commands(call: Call) -> bool:
    _store(call, _scope(call), [])
    return True


def _store(call: Call, key: str, commands: list[dict[str, str]]) -> None:
    kept = call.world.states[call.bot.id].commands
    kept.pop(key, None)
    if commands:
        kept[key] = commands
    call.world.keep_bot(call.bot.id)
    _tell(call, json.loads(key)[1])


def _tell(call: Call, only: str) -> None:
    """Whoever looks at one of the bot's chats (or at this one) sees the change."""
    for chat in call.world.chats.values():
        if chat.bot == call.bot.id and only in ("", str(chat.id)):
            call.world.tell(chat, "chat")


async def get_commands(call: Call) -> list[dict[str, str]]:
    return call.world.states[call.bot.id].commands.get(_scope(call), [])


def commands_for(world: World, chat: Chat, person: Person) -> list[dict[str, str]]:
    """The list a person sees in a chat: the narrowest scope wins, and in it their language."""
    kept = world.states[chat.bot].commands
    language = person.language_code.partition("-")[0].lower()
    for kind, chat_id, person_id in _scopes_seen(chat, person):
        for code in dict.fromkeys((language, "")):
            if found := kept.get(_key(kind, chat_id, person_id, code)):
                return found
    return []


def _scopes_seen(chat: Chat, person: Person) -> list[tuple[str, Any, Any]]:
    if not chat.is_group:
        return [("chat", chat.id, ""), ("all_private_chats", "", ""), ("default", "", "")]
    administrator = chat.members[:1] == [person.id]
    seen: list[tuple[str, Any, Any]] = [("chat_member", chat.id, person.id)]
    seen += [("chat_administrators", chat.id, "")] * administrator
    seen += [("chat", chat.id, "")]
    seen += [("all_chat_administrators", "", "")] * administrator
    return [*seen, ("all_group_chats", "", ""), ("default", "", "")]


async def set_menu(call: Call) -> bool:
    button = call.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse MenuButton: Unsupported type specified")
    if "chat_id" in call.params:
        call.chat()
    call.world.states[call.bot.id].menus[str(call.get("chat_id", ""))] = button
    call.world.keep_bot(call.bot.id)
    return True


async def get_menu(call: Call) -> dict[str, Any]:
    return menu_of(call.world, call.bot.id, call.get("chat_id", ""))


def menu_of(world: World, bot: int, chat_id: Any) -> dict[str, Any]:
    menus = world.states[bot].menus
    return menus.get(str(chat_id)) or menus.get("") or {"type": "commands"}


async def farewell(call: Call) -> bool:
    """logOut and close: the sandbox is the only server there is, so nothing moves."""
    return True


METHODS = {
    "getMe": get_me,
    "setMyName": set_text,
    "setMyDescription": set_text,
    "setMyShortDescription": set_text,
    "getMyName": get_text,
    "getMyDescription": get_text,
    "getMyShortDescription": get_text,
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "getMyCommands": get_commands,
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
    "logOut": farewell,
    "close": farewell,
}
