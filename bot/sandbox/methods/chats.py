"""Methods about chats and those in them: who they are, pins, reactions, leaving."""

from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.methods.sending import without_reply
from bot.sandbox.refusals import bad
from bot.sandbox.world import Chat

RIGHTS = (
    "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users",
    "can_restrict_members", "can_pin_messages", "can_promote_members", "can_manage_video_chats",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "can_manage_topics",
)  # fmt: skip
# fmt: off
REACTIONS = {
    "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮",
    "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡",
    "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻",
    "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿",
    "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
}
# fmt: on


async def get_chat(call: Call) -> dict[str, Any]:
    chat = call.chat()
    full = call.world.chat_object(chat) | {"accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    if chat.pinned and (pinned := chat.messages.get(chat.pinned[-1])):
        full["pinned_message"] = without_reply(pinned)
    if chat.is_group:
        full["permissions"] = {"can_send_messages": True}
    return full


def status(chat: Chat, person: int) -> str:
    """The first who joined made the group."""
    if person not in chat.members:
        return "left"
    return "creator" if chat.members[0] == person else "member"


def member(call: Call, chat: Chat, user_id: int) -> dict[str, Any]:
    if user_id == chat.bot:
        return {
            "status": "administrator",
            "user": call.world.bot_user(user_id),
            "can_be_edited": False,
            "is_anonymous": False,
            **dict.fromkeys(RIGHTS, True),
        }
    person = call.world.people.get(user_id)
    if person is None:
        raise bad("PARTICIPANT_ID_INVALID")
    found = {"status": status(chat, user_id), "user": person.user()}
    return found | ({"is_anonymous": False} if found["status"] == "creator" else {})


async def get_member(call: Call) -> dict[str, Any]:
    return member(call, call.chat(), call.params["user_id"])


async def get_administrators(call: Call) -> list[dict[str, Any]]:
    chat = call.chat()
    if not chat.is_group:
        raise bad("there are no administrators in the private chat")
    return [member(call, chat, id) for id in (*chat.members[:1], chat.bot)]


async def member_count(call: Call) -> int:
    return len(call.chat().members) + 1


async def pin(call: Call) -> bool:
    chat = call.writable()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad("message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        _pins_changed(call, chat)
        topic = {
            key: message[key] for key in ("message_thread_id", "is_topic_message") if key in message
        }
        call.hub.post(chat, call.me(), {"pinned_message": without_reply(message)} | topic)
    return True


async def unpin(call: Call) -> bool:
    chat = call.chat()
    message_id = call.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    _pins_changed(call, chat)
    return True


async def unpin_all(call: Call) -> bool:
    chat = call.chat()
    chat.pinned.clear()
    _pins_changed(call, chat)
    return True


def _pins_changed(call: Call, chat: Chat) -> None:
    call.world.keep_chat(chat)
    call.world.tell(chat, "pin", pinned=list(chat.pinned))


async def react(call: Call) -> bool:
    chat = call.writable()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad("message to react not found")
    wanted = call.get("reaction") or []
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for each in wanted:
        if each.get("type") != "emoji" or each.get("emoji") not in REACTIONS:
            raise bad("REACTION_INVALID")
    chat.reactions[message["message_id"]] = wanted
    call.world.keep_chat(chat)
    call.hub.show(chat, "edit", message)
    return True


async def profile_photos(call: Call) -> dict[str, Any]:
    person = call.world.people.get(call.params["user_id"])
    if person is None:
        raise bad("user not found")
    if person.avatar is None:
        return {"total_count": 0, "photos": []}
    return {
        "total_count": 1,
        "photos": [call.hub.files.describe(person.avatar, "photo", call.bot.id)],
    }


async def leave(call: Call) -> bool:
    chat = call.chat()
    if not chat.is_group:
        raise bad("chat member status can't be changed in private chats")
    chat.left = True
    call.world.keep_chat(chat)
    call.hub.tell_bot(
        chat,
        "my_chat_member",
        {
            "chat": call.world.chat_object(chat),
            "from": call.me(),
            "date": int(call.world.now()),
            "old_chat_member": member(call, chat, call.bot.id),
            "new_chat_member": {"status": "left", "user": call.me()},
        },
    )
    return True


async def get_file(call: Call) -> dict[str, Any]:
    return call.hub.files.get_file(call.params["file_id"], call.bot.id)


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": member_count,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "setMessageReaction": react,
    "getUserProfilePhotos": profile_photos,
    "leaveChat": leave,
    "getFile": get_file,
}
