"""The topic of alerts, worked off by an operator along its buttons."""

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import presses, with_verb
from tests.e2e.staff import OPERATOR


async def left(people: People) -> list[Message]:
    """Alerts that stand in their topic."""
    chat = await (await people.known(OPERATOR)).refresh()
    return [m for m in chat.messages(await chat.topic("🚨")) if with_verb(m, "art")]


async def operated(people: People) -> list[str]:
    """An operator settles what is about cash and explains the rest; what can't be ended by buttons is told."""
    chat, stuck = await people.known(OPERATOR), []
    for alert in await left(people):
        try:
            await _ended(chat, alert)
        except AssertionError as error:
            stuck.append(f"{words_of(alert).splitlines()[0]}: {str(error).splitlines()[0]}")
    return stuck


async def _ended(chat: Person, alert: Message) -> None:
    """Along its own buttons, until one line is left."""
    settles = bool(with_verb(alert, "osn"))
    shown = alert
    for verb in ("osn", "xmr", "xms", "xmy") if settles else ("ard", "ars", "ary"):
        shown = (
            alert if shown is alert and with_verb(alert, verb) else await _newer(chat, alert, verb)
        )
        await chat.taps_stale(shown["message_id"], str(with_verb(shown, verb)))
    await chat.sees_where(
        lambda m: m["message_id"] == alert["message_id"] and not presses(m), timeout=30,
        what="one line",
    )  # fmt: skip


async def _newer(chat: Person, alert: Message, verb: str) -> Message:
    def there(message: Message) -> bool:
        return message["message_id"] > alert["message_id"] and bool(with_verb(message, verb))

    return await chat.sees_where(there, what=verb)
