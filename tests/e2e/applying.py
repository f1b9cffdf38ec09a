"""Somebody who applies, step by step, as several tests of applications play it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.chat import People, Person
from tests.e2e.staff import NAMES, act, told, turns_to
from tests.e2e.test_booking import jpeg

Act = Callable[[Person], Awaitable[object]]


@dataclass(frozen=True)
class Answer:
    """What is done, and what is seen then: the next question."""

    act: Act
    then: str


def tap(label: str) -> Act:
    return lambda me: me.taps(label)


def write(text: str) -> Act:
    return lambda me: me.writes(text)


async def photo(me: Person) -> None:
    await me.sends_photos(jpeg())


ANSWERS = (
    Answer(tap("Apply now"), "Step 1 of 9"),
    Answer(tap("Use “"), "Your phone number"),
    Answer(lambda me: me.shares_contact(), "Send a photo of yourself"),
    Answer(photo, "What do you offer"),
    Answer(write("light fitting"), "Light fitting"),
    Answer(tap("Light fitting"), "What do you charge?"),
    Answer(write("60"), "Light fitting · ¥60"),
    Answer(tap("Done ▶"), "How many years"),
    Answer(tap("5"), "A few words about you"),
    Answer(write("I fix things"), "Electrician licence"),
    Answer(tap("❗️ Electrician licence"), "number"),
    Answer(write("E-2231"), "Until when"),
    Answer(write("2031-05-31"), "Send a photo or a PDF"),
    Answer(photo, "Done ▶"),
    Answer(tap("Done ▶"), "Where do you set out from?"),
    Answer(write("People's Square"), "How far do you go"),
    Answer(tap("10 km"), "When do you work?"),
    Answer(tap("Mon–Sat 9–18"), "Is everything right?"),
)


async def newcomer(people: People) -> Person:
    me = await people.person(f"Applicant{next(NAMES)} Li", roles=("provider",))
    await me.writes("/start")
    await sees(me, "Apply now")
    return me


async def sees(me: Person, text: str) -> None:
    """In the words of the screen or on a button."""
    await me.sees_where(lambda message: text in told(message), what=text)


async def answers(me: Person, *, until: str = "", after: str = "") -> None:
    """The usual answers, up to the question `until`, or from the one that comes `after`."""
    places = [one.then for one in ANSWERS]
    first = places.index(after) + 1 if after else 0
    last = places.index(until) + 1 if until else len(ANSWERS)
    for one in ANSWERS[first:last]:
        await one.act(me)
        await sees(me, one.then)


async def filled(people: People) -> Person:
    """Everything is answered and nothing sent."""
    me = await newcomer(people)
    await answers(me)
    return me


async def applied(people: People) -> Person:
    """Somebody who sent a whole application with one certificate."""
    me = await filled(people)
    await me.taps("📨 Send")
    await sees(me, "We are looking at your application")
    return me


async def working(people: People, staff: Person) -> Person:
    """Somebody who was approved and is at home."""
    me = await applied(people)
    await staff.writes("/applications", answered=False)
    await turns_to(staff, me.name)
    await act(staff, (me.name, "E-2231"), ("✅ Approve", "Yes, approve"),
              ("Yes, approve", "✅ approved"))  # fmt: skip
    await me.sees("You're approved.")
    return me
