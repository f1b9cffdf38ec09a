"""Forum topics of the staff group."""

from dataclasses import asdict
from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.refusals import bad
from bot.sandbox.world import Chat, Topic

COLORS = {7322096, 16766590, 13338331, 9367192, 16749490, 16478047}


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not chat.is_group:
        raise bad("the chat is not a forum")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.params["message_thread_id"])
    if topic is None:
        raise bad("message thread not found")
    return topic


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= 128:
        raise bad(
            "topic name must be between 1 and 128 characters"
            if name.strip()
            else "TOPIC_TITLE_EMPTY"
        )
    return name.strip()


def _changed(call: Call, chat: Chat, topic: Topic, event: str, facts: dict[str, Any]) -> bool:
    """A change leaves a service message in the topic, as Telegram does."""
    place = {"message_thread_id": topic.id, "is_topic_message": True}
    call.hub.post(chat, call.me(), place | {event: facts})
    _tell(call, chat)
    return True


def _tell(call: Call, chat: Chat) -> None:
    call.world.keep_chat(chat)
    call.world.tell(chat, "topic", topics=topics_of(chat))


def topics_of(chat: Chat) -> list[dict[str, Any]]:
    return [asdict(topic) for topic in chat.topics.values()]


async def create(call: Call) -> dict[str, Any]:
    chat = _forum(call)
    name = _name(call.params["name"])
    color = call.get("icon_color", 7322096)
    if color not in COLORS:
        raise bad("invalid forum topic icon color specified")
    call.spend(chat)
    topic = Topic(id=chat.next_id, name=name, icon_color=color)
    chat.topics[topic.id] = topic
    _changed(call, chat, topic, "forum_topic_created", {"name": name, "icon_color": color})
    return {"message_thread_id": topic.id, "name": name, "icon_color": color}


async def edit(call: Call) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    name = _name(call.get("name") or topic.name)
    if name == topic.name and "icon_custom_emoji_id" not in call.params:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = name
    return _changed(call, chat, topic, "forum_topic_edited", {"name": name})


async def close(call: Call) -> bool:
    return _shut(call, True, "forum_topic_closed")


async def reopen(call: Call) -> bool:
    return _shut(call, False, "forum_topic_reopened")


def _shut(call: Call, closed: bool, event: str) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return _changed(call, chat, topic, event, {})


async def delete(call: Call) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    inside = [id for id, m in chat.messages.items() if m.get("message_thread_id") == topic.id]
    call.hub.remove(chat, inside)
    del chat.topics[topic.id]
    _tell(call, chat)
    return True


METHODS = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
}
