"""What people do becomes the updates Telegram would send."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Floods
from tests.bot.sandbox.conftest import CUSTOMER, PROVIDER, STAFF, Clock, Running, Start
from tests.bot.sandbox.pictures import picture
from tests.chat import STAFF_CHAT, People, Person


@pytest.fixture
async def anna(people: People) -> Person:
    found = await people.person("Anna Li", language="zh-hans", phone="+8613911112222")
    await found.writes("/start hello", answered=False)
    return found


async def newest(box: Running, token: str = CUSTOMER) -> dict[str, Any]:
    return (await box.updates(token))[-1]


async def says(
    box: Running, anna: Person, text: str, *rows: list[dict[str, Any]], **more: Any
) -> Any:
    markup = {"reply_markup": {"inline_keyboard": list(rows)}} if rows else {}
    return await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text=text, **markup, **more)


async def test_a_command_carries_its_entity_and_the_sender_their_language(
    box: Running, anna: Person
) -> None:
    message = (await newest(box))["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "zh-hans"
    assert message["from"]["last_name"] == "Li"
    assert message["chat"] == {
        "id": anna.id,
        "type": "private",
        "first_name": "Anna",
        "last_name": "Li",
    }


async def test_the_own_number_carries_the_own_id(box: Running, anna: Person) -> None:
    await anna.shares_contact(answered=False)
    own = (await newest(box))["message"]["contact"]
    assert (own["user_id"], own["phone_number"]) == (anna.id, "+8613911112222")
    await anna.shares_contact({"phone_number": "+861380000", "first_name": "Ben"}, answered=False)
    assert "user_id" not in (await newest(box))["message"]["contact"]


async def test_a_live_location_moves_by_edits_until_it_is_stopped(
    box: Running, anna: Person, clock: Clock
) -> None:
    await anna.shares_location("人民广场", live=900, answered=False)
    begun = (await newest(box))["message"]
    assert begun["location"] == {"latitude": 31.2304, "longitude": 121.4737, "live_period": 900}
    await anna.moves_to(31.24, 121.48)
    moved = (await newest(box))["edited_message"]
    assert moved["message_id"] == begun["message_id"]
    assert (moved["location"]["latitude"], moved["location"]["live_period"]) == (31.24, 900)
    await anna.refresh()
    await anna.stops_sharing()
    assert "live_period" not in (await newest(box))["edited_message"]["location"]
    await anna.shares_location("人民广场", live=900, answered=False)
    clock.now += 901
    with pytest.raises(AssertionError, match="not live"):
        await anna.moves_to(31.25, 121.48)


async def test_photos_sent_together_are_one_album(box: Running, anna: Person) -> None:
    await anna.sends_photos(
        picture(), picture("red"), picture("blue"), caption="坏了", answered=False
    )
    messages = [update["message"] for update in (await box.updates(CUSTOMER))[-3:]]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["坏了", None, None]
    assert [size["width"] for size in messages[0]["photo"]] == [90, 320, 640]


async def test_a_file_id_is_worth_nothing_to_another_bot(
    box: Running, anna: Person, people: People
) -> None:
    await anna.sends_photos(picture(), answered=False)
    file_id = (await newest(box))["message"]["photo"][-1]["file_id"]
    pro = await people.person("Wang", roles=["provider"])
    await pro.writes("/start", answered=False)
    refused = await box.raw(PROVIDER, "sendPhoto", chat_id=pro.id, photo=file_id)
    assert refused["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    assert not (await box.raw(PROVIDER, "getFile", file_id=file_id))["ok"]
    path = (await box.call(CUSTOMER, "getFile", file_id=file_id))["file_path"]
    status, body = await box.get(f"/file/bot{CUSTOMER}/{path}")
    assert (status, body[:2]) == (200, b"\xff\xd8")
    assert (await box.get(f"/file/bot{CUSTOMER}/photos/none.jpg"))[0] == 404


async def test_a_photo_must_be_a_picture_and_a_file_must_have_content(
    box: Running, anna: Person
) -> None:
    for body, words in (
        (b"not a picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (picture(size=(21, 1)), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"", "Bad Request: file must be non-empty"),
    ):
        form = aiohttp.FormData({"chat_id": str(anna.id)})
        form.add_field("photo", body, filename="x.png")
        assert (await box.raw(CUSTOMER, "sendPhoto", form))["description"] == words


async def test_an_edit_by_the_person_reaches_the_bot(box: Running, anna: Person) -> None:
    message = await anna.writes("Nanjing Raod", answered=False)
    await anna.edits(message, "Nanjing Road")
    edited = (await newest(box))["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("Nanjing Road", message["message_id"])


async def test_an_answer_carries_the_message_it_answers(box: Running, anna: Person) -> None:
    sent = await says(box, anna, "Which day?")
    await anna.writes("Friday", reply_to=sent, answered=False)
    assert (await newest(box))["message"]["reply_to_message"]["text"] == "Which day?"


async def test_blocking_and_unblocking_are_told_to_the_bot(box: Running, anna: Person) -> None:
    await anna.blocks()
    member = (await newest(box))["my_chat_member"]
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    with pytest.raises(AssertionError, match="blocked"):
        await anna.writes("hello?", answered=False)
    await anna.unblocks()
    assert (await newest(box))["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_button_that_is_gone_can_be_pressed_only_by_an_old_client(
    box: Running, anna: Person
) -> None:
    sent = await says(box, anna, "Pay?", [{"text": "Yes", "callback_data": "y:1"}])
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    await box.call(CUSTOMER, "editMessageText", **where, text="Paid")
    path = f"/people/{anna.id}/chats/100/press"
    with pytest.raises(AssertionError, match="no such button"):
        await anna.people.call("POST", path, json={"message_id": sent["message_id"], "data": "y:1"})
    old = {"message_id": sent["message_id"], "data": "y:1", "stale": True}
    query_id = (await anna.people.call("POST", path, json=old))["callback_query_id"]
    query = (await newest(box))["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (query_id, "y:1", "Paid")
    await box.call(CUSTOMER, "deleteMessage", **where)
    await anna.people.call("POST", path, json=old)
    gone = (await newest(box))["callback_query"]["message"]
    assert (gone["date"], gone["message_id"]) == (0, sent["message_id"])


async def test_the_answer_to_a_tap_is_shown(box: Running, anna: Person) -> None:
    await says(box, anna, "Slots", [{"text": "Mon 9:00", "callback_data": "s:1"}])
    tap = asyncio.create_task(anna.taps("Mon"))
    after = (await box.updates(CUSTOMER))[-1]["update_id"] + 1
    query = (await box.updates(CUSTOMER, offset=after, timeout=10))[0]["callback_query"]
    answer = {"text": "Taken meanwhile", "show_alert": True}
    await box.call(CUSTOMER, "answerCallbackQuery", callback_query_id=query["id"], **answer)
    await tap
    assert (anna.toast, anna.alert) == ("Taken meanwhile", True)


async def test_a_reply_keyboard_stays_until_used_or_removed(box: Running, anna: Person) -> None:
    share = {"text": "Share my number", "request_contact": True}
    keyboard = {"keyboard": [[share]], "one_time_keyboard": True}
    await box.call(
        CUSTOMER, "sendMessage", chat_id=anna.id, text="Your number?", reply_markup=keyboard
    )
    await anna.refresh()
    assert anna.buttons == ["Share my number"]
    await anna.shares_contact(answered=False)
    assert anna.buttons == []


async def test_commands_follow_the_language_and_the_scope(
    box: Running, anna: Person, people: People
) -> None:
    def one(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    await box.call(CUSTOMER, "setMyCommands", commands=one("start"))
    await box.call(CUSTOMER, "setMyCommands", commands=one("qidong"), language_code="zh")
    assert (await anna.refresh()).commands == ["qidong"]
    await anna.speaks("en")
    assert (await anna.refresh()).commands == ["start"]
    scope = {"type": "chat", "chat_id": anna.id}
    await box.call(CUSTOMER, "setMyCommands", commands=one("mine"), scope=scope)
    assert (await anna.refresh()).commands == ["mine"]
    await box.call(CUSTOMER, "deleteMyCommands", scope=scope)
    assert (await anna.refresh()).commands == ["start"]
    staff_scope = {"type": "chat", "chat_id": STAFF_CHAT}
    await box.call(STAFF, "setMyCommands", commands=one("queue"), scope=staff_scope)
    sam = await people.person("Sam", roles=["staff"])
    assert (await sam.refresh()).commands == ["queue"]


async def test_a_card_payment_goes_through_the_pre_checkout(box: Running, anna: Person) -> None:
    bill = {
        "title": "Cleaning",
        "description": "Two hours",
        "payload": "order:1",
        "currency": "CNY",
        "prices": [{"label": "Cleaning", "amount": 19_800}],
    }
    refused = await box.raw(CUSTOMER, "sendInvoice", chat_id=anna.id, **bill)
    assert refused["description"] == "Bad Request: PAYMENT_PROVIDER_INVALID"
    await box.call(CUSTOMER, "sendInvoice", chat_id=anna.id, provider_token="1:TEST:x", **bill)
    await anna.refresh()
    body = {"message_id": anna.last["message_id"], "row": 0, "column": 0}
    await anna.people.call("POST", f"/people/{anna.id}/chats/100/press", json=body)
    query = (await newest(box))["pre_checkout_query"]
    assert (query["total_amount"], query["invoice_payload"]) == (19_800, "order:1")
    await box.call(CUSTOMER, "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    paid = (await newest(box))["message"]["successful_payment"]
    assert (paid["currency"], paid["invoice_payload"]) == ("CNY", "order:1")


async def test_a_link_may_be_paid_again_and_the_bot_has_ten_seconds(
    box: Running, anna: Person, clock: Clock
) -> None:
    bill = {
        "title": "Cleaning", "description": "Two hours", "payload": "P1", "currency": "CNY",
        "prices": [{"label": "Cleaning", "amount": 19_800}], "provider_token": "1:TEST:x",
    }  # fmt: skip
    for wrong in ({"title": "x" * 33}, {"description": "x" * 256}, {"payload": "x" * 129},
                  {"payload": ""}, {"currency": "yuan"}, {"provider_token": ""}):  # fmt: skip
        assert not (await box.raw(CUSTOMER, "createInvoiceLink", **bill | wrong))["ok"], wrong
    link = await box.call(CUSTOMER, "createInvoiceLink", **bill)
    chat = f"/people/{anna.id}/chats/100/invoice"
    form = await anna.people.call("GET", chat, params={"link": link})
    assert (form["title"], form["currency"], form["total_amount"]) == ("Cleaning", "CNY", 19_800)

    async def asked() -> dict[str, Any]:
        await anna.people.call("POST", chat, json={"link": link})
        return (await newest(box))["pre_checkout_query"]

    async def outcome(query: dict[str, Any]) -> tuple[bool, bool, str]:
        said = await anna.people.call("GET", f"/checkouts/{query['id']}")
        return said["ok"], said["late"], said["text"]

    answer = {"bot": CUSTOMER, "method": "answerPreCheckoutQuery"}
    first = await asked()
    await box.call(*answer.values(), pre_checkout_query_id=first["id"], ok=True)
    assert await outcome(first) == (True, False, "")
    await newest(box)
    again = await asked()
    said = {"pre_checkout_query_id": again["id"], "ok": False}
    assert not (await box.raw(*answer.values(), **said))["ok"]
    await box.call(*answer.values(), **said, error_message="Paid already")
    assert await outcome(again) == (False, False, "Paid already")
    late = await asked()
    clock.now += 11
    too_late = await box.raw(*answer.values(), pre_checkout_query_id=late["id"], ok=True)
    assert not too_late["ok"]
    assert await outcome(late) == (False, True, "")


async def test_the_stream_of_events_resumes_where_it_broke(box: Running, anna: Person) -> None:
    seq = (
        await anna.people.call("GET", f"/events/poll?people={anna.id}&after={2**53 - 1}&wait=0")
    )["seq"]
    await says(box, anna, "one")
    await says(box, anna, "two")
    url = f"{box.base}/sandbox/events?people={anna.id}&after={seq}"
    events = await _stream(url, 2)
    assert [event["message"]["text"] for event in events] == ["one", "two"]
    resumed = await _stream(url, 1, {"Last-Event-ID": str(events[0]["seq"])})
    assert resumed == events[1:]


async def _stream(
    url: str, count: int, headers: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        async for line in answer.content:
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
            if len(found) == count:
                break
    return found


async def test_faults_strike_once_each_and_only_where_they_are_meant_to(
    box: Running, anna: Person
) -> None:
    people = anna.people
    await people.fault("500", method="sendMessage", bot="doorstep_bot", chat_id=anna.id)
    assert (await box.raw(STAFF, "sendMessage", chat_id=STAFF_CHAT, text="x"))["ok"]
    assert (await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="x"))["error_code"] == 500
    assert (await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="x"))["ok"]
    await people.fault("drop_before", times=1)
    with pytest.raises(aiohttp.ClientError):
        await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="lost")
    await people.fault("drop_after", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="arrived")
    await anna.refresh()
    assert [message["text"] for message in anna.from_bot()] == ["x", "arrived"]
    calls = await people.calls(method="sendMessage", bot="doorstep_bot")
    assert [(call["params"]["text"], call["ok"]) for call in calls] == [
        ("x", False),
        ("x", True),
        ("arrived", True),
    ]


async def test_floods_are_held_back_and_time_lets_them_through(start: Start, clock: Clock) -> None:
    box = await start(floods=Floods.strict())
    async with People(box.base) as people:
        anna = await people.person("Anna")
        await anna.writes("/start", answered=False)
    assert (await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="1"))["ok"]
    held = await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="2")
    assert (held["error_code"], held["description"]) == (429, "Too Many Requests: retry after 1")
    assert held["parameters"] == {"retry_after": 1}
    clock.now += 1
    assert (await box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="2"))["ok"]
    group = [
        await box.raw(STAFF, "sendMessage", chat_id=STAFF_CHAT, text=str(n)) for n in range(21)
    ]
    assert [answer["ok"] for answer in group] == [True] * 20 + [False]
    assert group[-1]["parameters"]["retry_after"] == 3


async def test_a_reset_keeps_the_people_of_the_demo_city(box: Running, anna: Person) -> None:
    mei = await box.sandbox.ensure_person(
        id=41, name="梅 王", roles=["staff"], avatar=picture(size=(99, 99))
    )
    again = await box.sandbox.ensure_person(id=41, name="梅 王", roles=["staff"])
    assert again is mei
    await anna.people.reset()
    known = await anna.people.call("GET", "/people")
    assert [person["id"] for person in known] == [41]
    assert [chat["id"] for chat in known[0]["chats"]] == [STAFF_CHAT, 300]
    assert (await box.get(known[0]["avatar"]))[0] == 200
    assert await box.updates(CUSTOMER) == []


async def test_the_page_and_the_facts_are_served(box: Running, people: People) -> None:
    assert (await box.get("/"))[0] == 200
    info = await people.call("GET", "/info")
    assert [bot["username"] for bot in info["bots"]] == [
        "doorstep_bot",
        "doorstep_provider_bot",
        "doorstep_staff_bot",
    ]
    assert info["staff_chat"]["id"] == STAFF_CHAT
    assert (await people.call("GET", "/places"))[0]["name"] == "人民广场"


async def test_an_answer_withheld_is_carried_out_all_the_same(box: Running, anna: Person) -> None:
    await anna.people.fault("timeout", method="sendMessage")
    lost = asyncio.create_task(box.raw(CUSTOMER, "sendMessage", chat_id=anna.id, text="late"))
    await anna.sees("late")
    assert not lost.done()
    lost.cancel()


async def test_a_bot_that_left_the_group_hears_and_says_nothing_there(
    box: Running, people: People
) -> None:
    sam = await people.person("Sam", roles=["staff"])
    await box.call(STAFF, "leaveChat", chat_id=STAFF_CHAT)
    await sam.writes("anybody?", answered=False)
    assert [set(update) - {"update_id"} for update in await box.updates(STAFF)] == [
        {"my_chat_member"}
    ]
    refused = await box.raw(STAFF, "sendMessage", chat_id=STAFF_CHAT, text="x")
    assert refused["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_albums_copies_and_forwards_arrive_as_sent(box: Running, anna: Person) -> None:
    await anna.sends_photos(picture(), caption="<b>not bold</b>", answered=False)
    source = (await newest(box))["message"]
    where = {"chat_id": anna.id, "from_chat_id": anna.id}
    copied = await box.call(CUSTOMER, "copyMessage", **where, message_id=source["message_id"])
    await anna.refresh()
    assert anna.last["message_id"] == copied["message_id"]
    assert anna.screen == "<b>not bold</b>"
    several = {**where, "message_ids": [source["message_id"], copied["message_id"], 999]}
    assert len(await box.call(CUSTOMER, "copyMessages", **several)) == 2
    secret = await says(box, anna, "secret", protect_content=True)
    refused = await box.raw(CUSTOMER, "forwardMessage", **where, message_id=secret["message_id"])
    assert refused["description"] == "Bad Request: message can't be forwarded"


async def test_hundreds_of_calls_a_second_with_everything_kept(start: Start, tmp_path: Any) -> None:
    box = await start(storage=tmp_path / "sandbox.db")
    async with People(box.base) as people:
        anna = await people.person("Anna")
        await anna.writes("/start", answered=False)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for number in range(200):
        await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text=f"message {number}")
    spent = loop.time() - begun
    print(f"{200 / spent:.0f} calls/s")
    assert spent < 2.0


async def test_pins_reactions_and_typing_are_seen(box: Running, anna: Person) -> None:
    message = await anna.writes("Thank you", answered=False)
    where = {"chat_id": anna.id, "message_id": message["message_id"]}
    heart = [{"type": "emoji", "emoji": "❤"}]
    seq = (await anna.people.call("GET", f"/events/poll?people={anna.id}&after={2**53 - 1}"))["seq"]
    await box.call(CUSTOMER, "setMessageReaction", **where, reaction=heart)
    await box.call(CUSTOMER, "pinChatMessage", **where)
    await box.call(CUSTOMER, "sendChatAction", chat_id=anna.id, action="typing")
    seen = (await anna.people.call("GET", f"/events/poll?people={anna.id}&after={seq}"))["events"]
    assert [event["kind"] for event in seen] == ["edit", "pin", "message", "action"]
    await anna.refresh()
    assert anna.messages()[1]["reactions"] == heart
    assert anna.messages()[2]["pinned_message"]["text"] == "Thank you"


async def test_other_peoples_chats_are_not_to_be_seen(
    box: Running, anna: Person, people: People
) -> None:
    with pytest.raises(AssertionError, match="404"):
        await people.call("GET", f"/people/{anna.id}/chats/{STAFF_CHAT}")
    with pytest.raises(AssertionError, match="404"):
        await people.call("GET", "/people/1/chats/100")


async def test_stickers_voices_and_documents_arrive(box: Running, anna: Person) -> None:
    await anna.sends_sticker("👍", answered=False)
    assert (await newest(box))["message"]["sticker"]["emoji"] == "👍"
    await anna.sends_photos(b"OggS", kind="voice", answered=False)
    assert (await newest(box))["message"]["voice"]["mime_type"] == "audio/ogg"
    await anna.sends_photos(b"%PDF-", kind="document", caption="licence", answered=False)
    message = (await newest(box))["message"]
    assert (message["caption"], message["document"]["file_size"]) == ("licence", 5)


async def test_a_reaction_of_a_person_is_told_to_whoever_asked_for_it(
    box: Running, anna: Person
) -> None:
    said = await box.call(CUSTOMER, "sendMessage", chat_id=anna.id, text="Coming!")
    await anna.refresh()
    await anna.reacts(anna.last, "❤")
    await anna.writes("Thank you", answered=False)
    assert "message" in await newest(box), "not told by default"
    await box.call(CUSTOMER, "getUpdates", allowed_updates=["message", "message_reaction"])
    await anna.reacts(anna.last, "")
    change = (await newest(box))["message_reaction"]
    assert (change["user"]["id"], change["chat"]["id"]) == (anna.id, anna.id)
    assert change["message_id"] == said["message_id"]
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "❤"}]
    assert change["new_reaction"] == []
    await anna.refresh()
    assert anna.last["reactions"] == []
    with pytest.raises(AssertionError, match="no such reaction"):
        await anna.reacts(anna.last, "x")


async def test_a_long_chat_can_be_read_from_its_end(box: Running, people: People) -> None:
    staff = await people.person("Sam", roles=["staff"])
    topics = []
    for name in ("Alerts", "Orders"):
        made = await box.call(STAFF, "createForumTopic", chat_id=STAFF_CHAT, name=name)
        topics.append(made["message_thread_id"])
        for number in range(3):
            words = {"text": f"{name} {number}", "message_thread_id": topics[-1]}
            await box.call(STAFF, "sendMessage", chat_id=STAFF_CHAT, **words)
    seen = await people.call("GET", f"/people/{staff.id}/chats/{STAFF_CHAT}", params={"last": "2"})
    said = [m["text"] for m in seen["messages"] if m.get("message_thread_id") in topics]
    assert said == ["Alerts 1", "Alerts 2", "Orders 1", "Orders 2"]
