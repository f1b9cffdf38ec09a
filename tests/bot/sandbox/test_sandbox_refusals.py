"""Each refusal in Telegram's own words."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import CUSTOMER, PROVIDER, STAFF, Clock, Running
from tests.chat import STAFF_CHAT, People

ANNA = 5_000_001
TABLE: list[tuple[str, dict[str, Any], int, str]] = [
    ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": ANNA}, 400, "Bad Request: message text is empty"),
    ("sendMessage", {"chat_id": ANNA, "text": "  \n "}, 400, "Bad Request: message text is empty"),
    ("sendMessage", {"chat_id": ANNA, "text": "x" * 4097}, 400, "Bad Request: message is too long"),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "😀" * 2049},
        400,
        "Bad Request: message is too long",
    ),
    ("sendMessage", {"chat_id": 77, "text": "x"}, 400, "Bad Request: chat not found"),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "<b>x", "parse_mode": "HTML"},
        400,
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "ü<h1>x</h1>", "parse_mode": "HTML"},
        400,
        'Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 2',
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "<b>x</i>", "parse_mode": "HTML"},
        400,
        "Bad Request: can't parse entities: Unmatched end tag at byte offset 4, "
        'expected "</b>", found "</i>"',
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "parse_mode": "?"},
        400,
        "Bad Request: unsupported parse_mode",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 99}},
        400,
        "Bad Request: message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "message_thread_id": 4},
        400,
        "Bad Request: message thread not found",
    ),
    ("sendPhoto", {"chat_id": ANNA}, 400, "Bad Request: there is no photo in the request"),
    (
        "sendPhoto",
        {"chat_id": ANNA, "photo": "AgACnonsense"},
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    (
        "sendMediaGroup",
        {"chat_id": ANNA, "media": [{"type": "photo", "media": "x"}]},
        400,
        "Bad Request: expected from 2 to 10 media in an album",
    ),
    ("sendLocation", {"chat_id": ANNA, "latitude": 1}, 400, "Bad Request: longitude is empty"),
    (
        "sendLocation",
        {"chat_id": ANNA, "latitude": 1, "longitude": 1, "live_period": 59},
        400,
        "Bad Request: wrong live location period specified",
    ),
    (
        "sendChatAction",
        {"chat_id": ANNA, "action": "dancing"},
        400,
        "Bad Request: wrong parameter action in request",
    ),
    (
        "editMessageText",
        {"chat_id": ANNA, "message_id": 99, "text": "x"},
        400,
        "Bad Request: message to edit not found",
    ),
    (
        "editMessageText",
        {"chat_id": ANNA, "message_id": 1, "text": "x"},
        400,
        "Bad Request: message can't be edited",
    ),
    (
        "editMessageText",
        {"chat_id": ANNA, "text": "x"},
        400,
        "Bad Request: message identifier is not specified",
    ),
    (
        "deleteMessage",
        {"chat_id": ANNA, "message_id": 99},
        400,
        "Bad Request: message to delete not found",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "createForumTopic",
        {"chat_id": ANNA, "name": "x"},
        400,
        "Bad Request: the chat is not a forum",
    ),
    (
        "getFile",
        {"file_id": "AgACnonsense"},
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "A B", "description": "x"}]},
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    ("sendRainbow", {}, 404, "Not Found: method not found"),
    (
        "setWebhook",
        {"url": "http://example.com/hook"},
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setMessageReaction",
        {"chat_id": ANNA, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
        400,
        "Bad Request: REACTION_INVALID",
    ),
]


@pytest.mark.parametrize(("method", "params", "code", "words"), TABLE)
async def test_a_bad_call_is_refused_in_telegrams_words(
    box: Running, people: People, method: str, params: dict[str, Any], code: int, words: str
) -> None:
    anna = await people.person("Anna")
    assert anna.id == ANNA
    await anna.writes("/start", answered=False)
    answer = await box.raw(CUSTOMER, method, **params)
    assert (answer["ok"], answer["error_code"], answer["description"]) == (False, code, words)


BUTTONS = [
    ({"text": "x", "callback_data": "y" * 65}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": "汉" * 22}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": ""}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        {"text": " ", "callback_data": "y"},
        "Bad Request: inline keyboard button text must be non-empty",
    ),
    (
        {"text": "x"},
        "Bad Request: can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "url": "not a link"},
        "Bad Request: inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
    ),
    ({"text": "x", "copy_text": {"text": "y" * 257}}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    (
        {"text": "x", "callback_data": "y", "url": "https://a.bc"},
        "Bad Request: BUTTON_TYPE_INVALID",
    ),
]


@pytest.mark.parametrize(("button", "words"), BUTTONS)
async def test_a_bad_button_is_refused(
    box: Running, people: People, button: dict[str, Any], words: str
) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    markup = {"inline_keyboard": [[button]]}
    answer = await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    assert answer["description"] == words


async def test_more_than_a_hundred_buttons_are_refused(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    rows = [[{"text": "x", "callback_data": "y"}]] * 101
    answer = await box.raw(
        CUSTOMER, "sendMessage", chat_id=anna.id, text="x", reply_markup={"inline_keyboard": rows}
    )
    assert answer["description"] == "Bad Request: REPLY_MARKUP_TOO_LONG"


async def test_an_edit_that_changes_nothing_is_refused(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    sent = await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text="same")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    answer = await box.raw(CUSTOMER, "editMessageText", **where, text="same")
    assert answer["description"].startswith(
        "Bad Request: message is not modified: specified new message"
    )
    await box.call(CUSTOMER, "editMessageText", **where, text="other")
    refused = await box.raw(CUSTOMER, "editMessageCaption", **where, caption="x")
    assert refused["description"] == "Bad Request: there is no caption in the message to edit"


async def test_a_bot_cannot_write_first_nor_after_a_block(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    sam = await people.person("Sam", roles=["staff"])
    first = await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="hello")
    assert first["description"] == "Bad Request: chat not found"
    met = await box.raw(STAFF, "sendMessage", chat_id=sam.id, text="hello")
    assert met["error_code"] == 403
    assert met["description"] == "Forbidden: bot can't initiate conversation with a user"
    await anna.writes("/start", answered=False)
    await anna.blocks()
    blocked = await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="hello")
    assert blocked["description"] == "Forbidden: bot was blocked by the user"
    await anna.unblocks()
    await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text="hello")


async def test_only_the_staff_bot_knows_the_staff_group(box: Running) -> None:
    refused = await box.raw(PROVIDER, "sendMessage", chat_id=STAFF_CHAT, text="hello")
    assert refused["description"] == "Bad Request: chat not found"
    await box.call(STAFF, "sendMessage", chat_id=STAFF_CHAT, text="hello")


async def test_a_press_goes_cold_after_150_seconds(
    box: Running, people: People, clock: Clock
) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    body = {"message_id": sent["message_id"], "data": "go"}
    path = f"/people/{anna.id}/chats/100/press"
    early = (await people.call("POST", path, json=body))["callback_query_id"]
    clock.now += 149
    await box.call(CUSTOMER, "answerCallbackQuery", callback_query_id=early)
    twice = await box.raw(CUSTOMER, "answerCallbackQuery", callback_query_id=early)
    assert "query ID is invalid" in twice["description"]
    late = (await people.call("POST", path, json=body))["callback_query_id"]
    clock.now += 151
    cold = await box.raw(CUSTOMER, "answerCallbackQuery", callback_query_id=late)
    assert "query is too old" in cold["description"]
    waiting = await box.updates(CUSTOMER)
    assert [kind for update in waiting for kind in update if kind != "update_id"] == ["message"]


async def test_a_wrong_token_is_unauthorized(box: Running) -> None:
    answer = await box.raw("100:wrong", "getMe")
    assert (answer["error_code"], answer["description"]) == (401, "Unauthorized")
