"""Updates as Telegram sends them, for whoever is measured."""

from itertools import count
from typing import Any

# So many people write or tap in one round.
PEOPLE = range(10_000, 10_150)
TOKEN, SECRET = "100:bench", "x"
_ids = count(1)


def _who(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def message(who: int) -> dict[str, Any]:
    chat = {"id": who, "type": "private", "first_name": "Ann"}
    return {
        "update_id": next(_ids),
        "message": {"message_id": 9, "date": 1, "chat": chat, "from": _who(who), "text": "hello"},
    }


def tap(who: int, data: str) -> dict[str, Any]:
    update = message(who)
    shown = update.pop("message")
    query = {
        "id": str(update["update_id"]), "from": _who(who), "message": shown, "chat_instance": "1",
        "data": data,
    }  # fmt: skip
    return update | {"callback_query": query}
