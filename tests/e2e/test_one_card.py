"""An order has one live card in a chat: wherever a newer one appears, the former becomes one line."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import presses, taps_about, with_verb
from tests.e2e.test_booking import sees
from tests.e2e.test_provider import accepted


def cards(person: Person, number: str, verb: str) -> list[Message]:
    return [m for m in person.from_bot() if number in words_of(m) and with_verb(m, verb)]


async def past(person: Person, card: Message, words: str) -> Message:
    """What was this card is a line without buttons now."""
    line = await person.sees_where(
        lambda m: m["message_id"] == card["message_id"] and words in words_of(m),
        what=f"“{words}” in the place of {words_of(card)}",
    )
    assert not presses(line)
    return line


async def one(person: Person, number: str, verb: str) -> Message:
    await person.refresh()
    [card] = cards(person, number, verb)
    return card


@pytest.mark.feature("C13", "X1")
async def test_a_newer_card_makes_a_line_of_the_former(people: People) -> None:
    person, provider, number = await accepted(people)
    await sees(person, "is coming")
    await person.sees("see below")  # where the order was waited for
    first = await one(person, number, "omore")
    await taps_about(provider, number, "On the way")
    await provider.shares_location((31.2204, 121.4637), live=900)
    await person.sees("away, about")
    await taps_about(person, number, "See order")  # in the message that said so
    line = await past(person, first, "see below")
    assert number in words_of(line)
    assert "away" not in words_of(line)
    second = await one(person, number, "omore")
    assert "away, about" in words_of(second)
    await person.writes(number)  # the number opens it at the bottom
    await past(person, second, "see below")
    third = await one(person, number, "omore")
    # An old button still leads there, and the newer card gives way.
    await person.taps_stale(
        first["message_id"], f"order:{str(with_verb(first, 'omore')).split(':')[1]}"
    )
    await past(person, third, "see above")
    assert (await one(person, number, "omore"))["message_id"] == first["message_id"]


@pytest.mark.feature("P3", "P5")
async def test_a_provider_has_one_card_of_a_job_too(people: People) -> None:
    _, provider, number = await accepted(people)
    await provider.sees("502")
    first = await one(provider, number, "drop")
    await provider.writes(number)
    await past(provider, first, "see below")
    await one(provider, number, "drop")
