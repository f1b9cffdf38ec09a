"""What people send now and then: dice, polls, games, and what somebody else wrote, with where it comes from."""

from typing import Any

from bot.sandbox.people import Denied

DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def content(dice: str, poll: dict[str, Any] | None, game: str, serial: str) -> dict[str, Any]:
    """The part of a message that makes it one of these."""
    if dice:
        if dice not in DICE:
            raise Denied(400, "there is no such dice")
        return {"dice": {"emoji": dice, "value": DICE[dice]}}
    if game:
        photo: list[Any] = []
        return {"game": {"title": game, "description": game, "photo": photo}}
    assert poll is not None
    options = [
        {"persistent_id": str(number), "text": str(each), "voter_count": 0}
        for number, each in enumerate(poll.get("options", []))
    ]
    if not poll.get("question") or len(options) < 2:
        raise Denied(400, "a poll needs a question and two options")
    told = {"id": serial, "question": poll["question"], "options": options}
    manners = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
    rules = ("allows_multiple_answers", "allows_revoting", "members_only")
    return {"poll": told | manners | dict.fromkeys(rules, False)}


def origin(forward: dict[str, Any], now: float) -> dict[str, Any]:
    """Who wrote first what is forwarded: a person, or only a name where that person wants it so."""
    if not forward.get("id"):
        return {"type": "hidden_user", "sender_user_name": forward["name"], "date": int(now)}
    user = {"id": forward["id"], "is_bot": False, "first_name": forward["name"]}
    if forward.get("username"):
        user["username"] = forward["username"]
    return {"type": "user", "sender_user": user, "date": int(now)}
