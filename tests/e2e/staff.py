"""People of the staff as tests play them: in private with their bot, or in the group with its topics."""

import re
from itertools import count

from tests.chat import Message, People, Person, words_of

OWNER, OPERATOR, SUPPORT = 3001, 3002, 3003
DESK = 300
ORDERS, ALERTS, TICKETS, APPLICATIONS = "📦", "🚨", "🎫", "📥"
NAMES = count(1)


async def desk_of(people: People, who: int | str) -> Person:
    """A member of the staff in private with the staff bot, reading English."""
    person = (await people.known(who)).with_bot(DESK)
    await person.writes("/language")
    await person.sees_button("English")
    await person.taps("English")
    return person


async def colleague(people: People, role: str) -> Person:
    """A new member of the staff, whose private chat is nobody else's."""
    new = await people.person(f"Colleague {next(NAMES)}", roles=["staff"])
    owner = (await people.known(OWNER)).with_bot(DESK)
    asked = await owner.writes(f"/staff add {new.id} {role}", answered=False)
    await owner.sees_where(  # a list of before says nothing about these rights
        lambda m: "👥" in words_of(m) and m["message_id"] > asked["message_id"], what="the answer"
    )
    return await desk_of(people, new.name)


async def group(people: People, who: int) -> Person:
    """The same in the group with the topics."""
    return await (await people.known(who)).refresh()


async def opened(staff: Person, number: str, state: str = "Waiting for the provider") -> str:
    """The order as staff see it."""
    await staff.writes(f"/order {number}", answered=False)
    seen = await staff.sees_where(
        lambda m: number in words_of(m) and state in words_of(m), what=f"{number} {state}"
    )
    return words_of(seen)


async def its_provider(people: People, order: str) -> Person:
    """The provider named in the order's details, reading English."""
    found = re.search(r"Provider: (.+?)(?: · |$)", order, re.MULTILINE)
    assert found, order
    provider = await people.known(found[1])
    await provider.writes("/language", answered=False)
    await provider.sees_button("English")
    await provider.taps("English")
    return provider


async def turns_to(who: Person, label: str) -> None:
    """The page of a list on which this button stands; the oldest come first, so it is among the last."""
    shown = await who.sees_where(lambda m: "▶" in told(m) or label in told(m), what=label)
    while label not in told(shown):
        page = told(shown)
        await who.taps("▶")
        shown = await who.sees_where(lambda m, page=page: told(m) != page, what=label)  # type: ignore[misc]


async def act(who: Person, *taps: tuple[str, str]) -> Message:
    """(button, what words or button must be seen then), one after the other; the last screen."""
    seen: Message = {}
    for label, then in taps:
        await who.taps(label)
        seen = await who.sees_where(lambda m, then=then: then in told(m), what=then)  # type: ignore[misc]
    return seen


def told(message: Message) -> str:
    """Words and labels of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([words_of(message), *(b["text"] for row in rows for b in row)])


def in_topic(staff: Person, sign: str) -> int:
    return next(number for name, number in staff.topics.items() if sign in name)
