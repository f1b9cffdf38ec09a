"""A phone is small: wherever a customer looks around, a screen has few buttons with a few short words."""

from collections import Counter

import pytest

from tests.chat import People, Person
from tests.e2e.journey import presses
from tests.e2e.test_browse import somebody
from tests.phone import too_much

# The options of a service are named by whoever runs the platform: what they say stands on a row of its own.
LOOKING = (
    "home", "me", "c", "s", "l", "o", "f", "p", "rv", "rf", "cmp", "cmpc", "cmpw", "favs", "recs", "deals",
    "deal", "news", "set", "lang", "addrs", "notices", "quiet", "help",
)  # fmt: skip
OF_EACH = 6


@pytest.mark.feature("C1", "X2")
@pytest.mark.parametrize(("language", "words"), [("en", "ac repair"), ("zh_CN", "修空调")])
async def test_no_screen_one_can_browse_to_is_too_much_for_a_phone(
    people: People, language: str, words: str
) -> None:
    """From home, from typed words and from nonsense along every kind of button, a few of each kind."""
    person = await somebody(people, language)
    await person.writes("/start")
    await person.taps_stale(person.last["message_id"], f"hello:{language}")
    await person.shares_location("People's Square")
    await person.sees_where(lambda m: "me" in presses(m), what="home")
    tried, found = Counter[str](), {}
    for typed in ("/start", words, "王师傅", "blorp", "/favourites", "/deals"):
        await person.writes(typed)
        found |= await wander(person, typed, tried)
    assert {"l", "cmp", "p", "rv", "deal", "recs", "o", "f"} <= tried.keys()
    assert {at: wrong for at, labels in found.items() if (wrong := too_much(labels))} == {}


async def wander(person: Person, start: str, tried: Counter[str]) -> dict[str, list[str]]:
    """What is on the screens behind the buttons: how one got there, and the labels."""
    found, ahead = {start: person.buttons}, presses(person.last)
    while ahead:
        data = ahead.pop(0)
        verb = data.split(":")[0]
        if data in found or verb not in LOOKING or tried[verb] >= OF_EACH:
            continue
        tried[verb] += 1
        await person.taps_stale(person.last["message_id"], data)
        found[data] = person.buttons
        ahead += presses(person.last)
    return found
