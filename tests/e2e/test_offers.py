"""The offer of an order over HTTP: what it says, who may answer it, and when its card goes dead."""

import asyncio
import time

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import offer_of, with_verb
from tests.e2e.staff import act, colleague, opened
from tests.e2e.test_provider import SLOW, about_to_book, booked, number_on, shown, turned

RIVALS = 20


@pytest.mark.feature("P2", "C17")
async def test_an_offer_says_everything_but_who_and_a_declined_one_goes_on(people: People) -> None:
    person, provider, number = await booked(people, far=True)
    offer = await offer_of(provider, number)
    facts = (
        "You earn ¥",
        "AC repair",
        "People's Square",
        "km from you (",
        "on the way)",
        "commission ¥",
        "Answer until",
    )
    for fact in (*facts, "commission"):
        assert fact in words_of(offer), words_of(offer)
    for secret in ("502", "Casey"):
        assert secret not in words_of(offer)
    accept = with_verb(offer, "accept")
    await provider.taps("✖ Decline", on=offer)
    await turned(provider, offer, "You declined it")
    await person.sees("We asked", timeout=SLOW)  # somebody else, by itself
    await provider.taps_stale(offer["message_id"], str(accept))  # an old client shows the button
    assert provider.alert
    assert "Accept" not in shown(provider, offer)


@pytest.mark.feature("P2")
async def test_of_an_offer_opened_twice_each_card_goes_dead_when_it_is_touched(
    people: People,
) -> None:
    person, provider, number = await booked(people, far=True)
    first = await offer_of(provider, number)
    await provider.writes(number)
    second = await provider.sees_where(
        lambda m: number in words_of(m) and m["message_id"] > first["message_id"],
        what="the second card",
    )
    await provider.taps("✖ Decline", on=second)
    assert "Accept" not in await turned(provider, second, "You declined it")
    await person.sees("We asked", timeout=SLOW)
    await provider.taps_stale(first["message_id"], str(with_verb(first, "accept")))
    assert provider.alert
    assert "no longer" in provider.toast or "not" in provider.toast, provider.toast
    assert "Accept" not in await turned(provider, first, "You declined it")


@pytest.mark.feature("P2", "C17")
async def test_an_offer_that_cannot_reach_its_provider_is_with_the_next_at_once(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    person, provider = await about_to_book(people, far=True)
    await provider.blocks()
    await person.taps("✅ Confirm")
    told = await person.sees("We asked", timeout=SLOW)
    try:
        assert provider.name not in words_of(told)
        await opened(staff, number_on(words_of(told)))
        await staff.sees("Could not be reached", timeout=SLOW)
        assert "No answer in time" not in words_of(staff.last)
    finally:
        await provider.unblocks()


@pytest.mark.feature("P2", "A4", "X3")
async def test_of_twenty_who_accept_at_once_only_the_one_who_is_asked_gets_it(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    person, provider, number = await booked(people, far=True)
    asked, cards = [provider], [await offer_of(provider, number)]
    while len(asked) < RIVALS and (name := await chosen(staff, number)):
        dead = asyncio.create_task(seconds_until_dead(asked[-1], cards[-1]))
        await act(staff, ("Yes, hand on", f"Provider: {name}"))
        print(f"the card of {asked[-1].name} was dead after {await dead:.2f} s")
        asked.append(await people.known(name))
        cards.append(await offer_of(asked[-1], number))
    assert len(asked) > 1, "nobody to hand it to"
    accept = str(with_verb(cards[-1], "accept"))
    rivals = asked + await others(people, asked)
    old = [card["message_id"] for card in cards] + [1] * (RIVALS - len(cards))
    pairs = list(zip(rivals, old, strict=True))[::-1]
    await asyncio.gather(*(one.taps_stale(message, accept, timeout=SLOW) for one, message in pairs))
    won = [one.name for one in rivals if not one.alert]
    assert won == [asked[-1].name]
    assert all(one.toast for one in rivals)
    for one, card in zip(asked, cards, strict=True):
        await one.refresh()
        assert "accept:" not in shown(one, card), shown(one, card)
    await person.sees("comes instead", timeout=SLOW)
    assert f"Provider: {asked[-1].name}" in await opened(staff, number, "Accepted")


async def chosen(staff: Person, number: str) -> str:
    """The next provider staff can choose, all but handed on; nothing when nobody is left."""
    await opened(staff, number)
    await staff.taps("Another provider")
    choice = await staff.sees("Who takes over")
    [first], *rest = choice["reply_markup"]["inline_keyboard"][:-1]
    if not rest:  # only “Automatically” is there
        return ""
    name = str(first["text"])
    await act(staff, (name, "Why?"), ("The provider is late", f"{name} is asked"))
    return name


async def seconds_until_dead(provider: Person, card: Message) -> float:
    """Until this very message has no way to accept any more."""
    began = time.perf_counter()
    await provider.sees_where(
        lambda _: "accept:" not in shown(provider, card), timeout=SLOW, what="a dead card"
    )
    return time.perf_counter() - began


async def others(people: People, asked: list[Person]) -> list[Person]:
    """Providers of the city who were never asked."""
    everybody = await people.call("GET", "/people")
    known = {one.id for one in asked}
    free = [p for p in everybody if "provider" in p["roles"] and p["id"] not in known]
    return [Person(people, facts) for facts in free[: RIVALS - len(asked)]]
