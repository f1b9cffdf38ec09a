"""A bot called by its name: the query it gets, what Telegram takes for an answer, what becomes of a result."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import CUSTOMER, PROVIDER, Clock, Running
from tests.chat import People, Person

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(number: int = 1, **more: Any) -> dict[str, Any]:
    given = {"message_text": "<b>Fan</b>", "parse_mode": "HTML"}
    link = {"text": "Open", "url": "https://t.me/doorstep_bot?start=x"}
    made = {
        "type": "article", "id": f"r{number}", "title": "Fan", "input_message_content": given,
        "reply_markup": {"inline_keyboard": [[link]]},
    }  # fmt: skip
    return made | more


async def asked(people: People, box: Running, words: str = "fan") -> tuple[Person, dict[str, Any]]:
    anna = await people.person("Anna")
    where = f"/people/{anna.id}/chats/100/inline"
    await people.call("POST", where, json={"bot": "doorstep_bot", "query": words})
    (update,) = await box.updates(CUSTOMER)
    return anna, update["inline_query"]


@pytest.mark.feature("X1")
async def test_the_bot_hears_who_asks_and_what_and_one_result_becomes_a_message(
    people: People, box: Running
) -> None:
    anna, query = await asked(people, box)
    assert (query["from"]["id"], query["query"], query["chat_type"]) == (anna.id, "fan", "sender")
    given = {"inline_query_id": query["id"], "results": [article()], "cache_time": 5}
    assert await box.call(CUSTOMER, "answerInlineQuery", **given)
    path = f"/people/{anna.id}/chats/100/inline/{query['id']}"
    shown = await people.call("GET", f"/inline/{query['id']}?wait=1")
    assert (shown["answered"], shown["cache_time"], shown["is_personal"]) == (True, 5, False)
    sent = await people.call("POST", path, json={"result_id": "r1"})
    (update,) = await box.updates(CUSTOMER, offset=-1)
    message = update["message"]
    assert message["message_id"] == sent["message_ids"][0]
    assert message["via_bot"]["username"] == "doorstep_bot"
    assert (message["text"], message["entities"][0]["type"]) == ("Fan", "bold")
    with pytest.raises(AssertionError, match="offered no such thing"):
        await people.call("POST", path, json={"result_id": "r2"})


REFUSED: list[tuple[list[dict[str, Any]], dict[str, Any], str]] = [
    ([article(n) for n in range(51)], {}, "Bad Request: RESULTS_TOO_MUCH"),
    ([article(), article()], {}, "Bad Request: RESULT_ID_DUPLICATE"),
    ([article(id="")], {}, "Bad Request: RESULT_ID_INVALID"),
    ([article(id="é" * 33)], {}, "Bad Request: RESULT_ID_INVALID"),
    ([article(title=" ")], {}, "Bad Request: ARTICLE_TITLE_EMPTY"),
    ([article()], {"next_offset": "x" * 65}, "Bad Request: NEXT_OFFSET_INVALID"),
    ([article()], {"button": {"text": "Open"}}, "Bad Request: BUTTON_TYPE_INVALID"),
]


@pytest.mark.feature("X1")
async def test_answers_are_judged_as_telegram_judges_them(people: People, box: Running) -> None:
    _, query = await asked(people, box)
    for results, more, words in REFUSED:
        given = {"inline_query_id": query["id"], "results": results, **more}
        answer = await box.raw(CUSTOMER, "answerInlineQuery", **given)
        assert answer.get("description") == words, answer
    for content in ({"message_text": ""}, {"message_text": "<b>", "parse_mode": "HTML"}, {}):
        broken = [article(input_message_content=content)]
        answer = await box.raw(
            CUSTOMER, "answerInlineQuery", inline_query_id=query["id"], results=broken
        )
        assert not answer["ok"], content
    good = [article(n) for n in range(50)]
    assert await box.call(CUSTOMER, "answerInlineQuery", inline_query_id=query["id"], results=good)


@pytest.mark.feature("X1")
async def test_a_query_goes_cold_after_half_a_minute_and_belongs_to_one_bot(
    people: People, box: Running, clock: Clock
) -> None:
    _, query = await asked(people, box)
    given = {"inline_query_id": query["id"], "results": []}
    assert (await box.raw(PROVIDER, "answerInlineQuery", **given))["description"] == OLD
    clock.now += 31
    assert (await box.raw(CUSTOMER, "answerInlineQuery", **given))["description"] == OLD


@pytest.mark.feature("X1")
async def test_only_a_bot_that_allows_it_can_be_called(people: People) -> None:
    anna = await people.person("Anna")
    for name in ("doorstep_provider_bot", "nobody_bot"):
        with pytest.raises(AssertionError, match="no bot of this name"):
            await anna.calls_bot("fan", bot=name)
