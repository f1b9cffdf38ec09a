"""Whatever is sent in whatever step gets a sensible reply, and whatever people call themselves is shown as it is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    on_site,
    presses,
    starts_of_day,
    welcomed,
    with_verb,
)
from tests.e2e.test_booking import DOOR, jpeg
from tests.e2e.watching import watched

Sends = Callable[[Person], Awaitable[Any]]

ANYTHING: dict[str, Sends] = {
    "words": lambda p: p.writes("Is anybody there? {0} %s", answered=False),
    "sticker": lambda p: p.sends_sticker("🙂", answered=False),
    "voice": lambda p: p.sends_photos(b"OggS" + bytes(500), kind="voice", answered=False),
    "photo": lambda p: p.sends_photos(jpeg(), answered=False),
    "document": lambda p: p.sends_photos(b"%PDF-1.4 " + bytes(99), kind="document", answered=False),
    "place": lambda p: p.shares_location((39.9, 116.4), answered=False),
    "own contact": lambda p: p.shares_contact(answered=False),
    "contact": lambda p: p.shares_contact(
        {"phone_number": "+8613900000000", "first_name": "Li", "user_id": 77}, answered=False
    ),
    "round video": lambda p: p.sends_photos(b"mp4" * 99, kind="video_note", answered=False),
    "moving picture": lambda p: p.sends_photos(b"mp4" * 99, kind="animation", answered=False),
    "music": lambda p: p.sends_photos(b"ID3" * 99, kind="audio", answered=False),
    "dice": lambda p: p.sends(dice="🎲", answered=False),
    "poll": lambda p: p.sends(poll={"question": "Up?", "options": ["yes", "no"]}, answered=False),
    "game": lambda p: p.sends(game="Chess", answered=False),
    "venue": lambda p: p.sends(
        location={"latitude": 31.2, "longitude": 121.4, "title": "Park", "address": "1 Rd"},
        answered=False,
    ),
    "forwarded": lambda p: p.sends(
        text="Look at this", forward={"name": "Li", "id": 77}, answered=False
    ),
    "unseen": lambda p: p.writes("\u200b\u2060\u3164", answered=False),
    "backwards": lambda p: p.writes("\u202eabc\u202c", answered=False),
    "longest": lambda p: p.writes("長" * 4096, answered=False),
    "old start": lambda p: p.writes("/start xx_not_a_link", answered=False),
}
BOOKING = (
    "options", "place", "detail", "date", "slot", "taken", "notes", "question", "coupon", "pay",
    "summary",
)  # fmt: skip
APPLYING = ("name", "phone", "photo", "services", "years", "bio", "papers", "area", "hours")


def leads_on(message: Message) -> bool:
    """Words, and something to tap or to fill in."""
    return bool(words_of(message).strip()) and bool(message.get("reply_markup"))


async def answers(player: Player, what: str, send: Sends) -> None:
    """The step's screen is there, something is sent, and the chat ends with what leads on."""
    person = player.person
    await person.sees_where(lambda _: leads_on(person.last), what=f"the step before {what}")
    after = (await send(person))["message_id"]
    await person.sees_where(
        lambda _: person.last["message_id"] > after and leads_on(person.last),
        what=f"an answer to {what}",
    )
    await player.look()


# So that nobody writes faster than the gate sends.
HALVES = (list(ANYTHING)[::2], list(ANYTHING)[1::2])
Seen = tuple[str, list[str]]


def pairs(steps: Iterable[str], *, every: bool) -> list[Seen]:
    """Steps and what is sent in them: everything in each, or in each another quarter of it, so that all come up."""
    if every:
        return [(step, half) for step in steps for half in HALVES]
    return [(step, list(ANYTHING)[turn % 4 :: 4]) for turn, step in enumerate(steps)]


WHOLE_WITH_THE_SLOW = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "every"]
)


async def in_step(people: People, step: str, kinds: list[str]) -> None:
    """All this in one step of the booking; then the booking is confirmed as if nothing had been."""
    player = await welcomed(people, f"Chatty {step}")
    await booking(player)
    person = player.person
    _, data = await player.offered("bgo")
    tag = data.split(":")[1]
    for what in kinds:
        await person.taps_stale(person.last["message_id"], f"bgo:{tag}:{step}")
        await answers(player, f"{what} in {step}", ANYTHING[what])
    await person.taps_stale(person.last["message_id"], f"bgo:{tag}:summary")
    await person.sees_where(
        lambda m: "Which door exactly?" in words_of(m) or any("bconfirm" in d for d in presses(m)),
        what="the summary, or the door before it",
    )
    if "Which door exactly?" in person.screen:
        await person.writes(DOOR)
    await player.person.sees_where(
        lambda m: with_verb(m, "bconfirm") is not None or with_verb(m, "bday") is not None,
        what="the summary, or another day where the way to the new place is too long",
    )
    if with_verb(person.last, "bconfirm") is None:
        await player.press("bday")
        (_, start), *_ = await starts_of_day(person, "bpart", "btime")
        await person.taps_stale(person.last["message_id"], start)
    await player.offered("bconfirm")


@pytest.mark.feature("X3", "C7")
@WHOLE_WITH_THE_SLOW
async def test_anything_in_any_step_of_the_booking_is_answered(
    platform: Platform, people: People, every: bool
) -> None:
    async with watched(platform, people):
        await asyncio.gather(*(in_step(people, *pair) for pair in pairs(BOOKING, every=every)))


ENTRANCES = {"home": "/start", "help": "/help", "orders": "/orders", "settings": "/settings"}


async def after(people: People, entrance: str, kinds: list[str]) -> None:
    """All this on a screen that asks nothing."""
    player = await welcomed(people, f"Wanderer {entrance}")
    for what in kinds:
        await player.writes(ENTRANCES[entrance])
        await answers(player, f"{what} at {entrance}", ANYTHING[what])


@pytest.mark.feature("X3", "C19")
async def test_anything_outside_a_question_is_answered(platform: Platform, people: People) -> None:
    async with watched(platform, people):
        await asyncio.gather(*(after(people, way, half) for way in ENTRANCES for half in HALVES))


@pytest.mark.feature("X3", "C7")
async def test_a_voice_where_words_are_read_is_told_so(platform: Platform, people: People) -> None:
    async with watched(platform, people):
        player = await welcomed(people, "Spoken")
        await booking(player)
        _, data = await player.offered("bgo")
        person = player.person
        await person.taps_stale(person.last["message_id"], f"bgo:{data.split(':')[1]}:notes")
        await ANYTHING["voice"](person)
        await person.sees("I can't listen to voice messages here")
        said = await person.writes("Ring twice")
        await person.edits(said, "Ring three times")
        await person.sees("I go by what you sent first")


async def in_part(people: People, part: str, kinds: list[str]) -> None:
    player = Player(await people.person(f"Applicant {part}", roles=["provider"]))
    person = player.person
    await player.writes("/start")
    await person.taps("English")
    await player.press("apply", then="amyname")
    for what in kinds:
        await person.taps_stale(person.last["message_id"], f"apart:{part}")
        await answers(player, f"{what} in {part}", ANYTHING[what])
    await person.writes("/apply")
    await person.sees_where(lambda m: "home" in presses(m), what="the application going on")


@pytest.mark.feature("X3", "P1")
@WHOLE_WITH_THE_SLOW
async def test_anything_in_any_part_of_the_application_is_answered(
    platform: Platform, people: People, every: bool
) -> None:
    async with watched(platform, people):
        await asyncio.gather(*(in_part(people, *pair) for pair in pairs(APPLYING, every=every)))


HOSTILE = {
    "html": "<b>Bob</b> & <script>alert(1)</script> </code> <a href='x'>y</a>",
    "broken html": "<b <i>< &amp &lt; &#0; &#x110000;",
    "markdown": "*Bo_b* [x](http://y) `code` ||spoiler|| ~~~ \\_ __u__",
    "override": "\u202eevil\u202c \u2066x\u2069 abc",
    "zero width": "Zo\u200b\u200d\u2060\ufeffe",
    "nul": "Nu\x00ll\x07\x1b[31m",
    "surrogate": "Half \ud83d and \udc00 pairs",
    "format": "{0} {name} {{7*7}} ${7*7} %s %(x)s %n \\n #{1} \\u0000 \\ud800",
    "sql": "'; DROP TABLE orders; -- \" % _",
    "long": "長" * 4096,
    "flags": "🇨🇳🏴\U000e0067\U000e0062\U000e007f👨‍👩‍👧‍👦 é ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
    "blank": "\u3164\u2800 \u00a0",
}  # fmt: skip


def letters_of(text: str) -> str:
    """A text without what no message can carry, whether it was left out or replaced."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "").replace("\ufffd", "")


async def reads(person: Person, text: str) -> None:
    """The text is on the screen, letter by letter."""
    wanted = letters_of(text)[:40].strip()
    await person.sees_where(lambda m: wanted in letters_of(words_of(m)), what=wanted)


async def hostile_order(people: People, kind: str) -> None:
    text = HOSTILE[kind]
    player = await welcomed(people, text[:64])
    await booking(player, door=f"7 {text}"[:200])
    person = player.person
    await on_site(player)
    _, data = await player.offered("bgo")
    await person.taps_stale(person.last["message_id"], f"bgo:{data.split(':')[1]}:notes")
    await player.writes(text)
    await reads(person, text)
    await person.writes("/help", answered=False)
    await player.press("ask")
    await person.writes(text, answered=False)
    await person.sees("Your question")


@pytest.mark.feature("X3", "C7", "C12")
async def test_hostile_words_are_shown_as_they_are(platform: Platform, people: People) -> None:
    async with watched(platform, people):
        await asyncio.gather(*(hostile_order(people, kind) for kind in HOSTILE))
