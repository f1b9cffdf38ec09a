"""Whatever two people send each other, nothing that leads to either of them ever reaches the other."""

import asyncio
import io
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from PIL import Image

from core.relay.masking import _folded
from tests.chat import People, Person
from tests.e2e.conftest import Platform
from tests.e2e.test_relay import opens, talked_about
from tests.e2e.watching import watched
from tests.voices import voice

HAN = str.maketrans("0123456789", "零一二三四五六七八九")
BOTS = {"customer": "doorstep_bot", "provider": "doorstep_provider_bot"}


class Traces:
    """All that leads to one person."""

    def __init__(self, person: Person, username: str) -> None:
        self.id, self.username = person.id, username
        self.phone = "".join(filter(str.isdigit, person.phone))[-11:]
        self.words = [username, f"t.me/{username}", f"{username}@example.com", "Canaryman"]

    def in_(self, text: str) -> list[str]:
        folded = _folded(text)[0].casefold()
        digits = "".join(sign for sign in folded if sign.isdigit() or sign in "\n{")
        found = [word for word in self.words if word.casefold() in folded]
        return found + ([self.phone] if self.phone in digits else [])


Act = Callable[[Person, Traces, random.Random], Awaitable[Any]]


def photo_of(traces: Traces) -> bytes:
    """A picture whose camera wrote down whose it is."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = exif[0x8298] = f"{traces.username} {traces.phone}"
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def written(traces: Traces, rng: random.Random) -> str:
    """Contact data among words, in one of the ways people write it."""
    phone = traces.phone
    return rng.choice((
        f"Call me {phone}", f"打我电话 {phone[:3]} {phone[3:7]} {phone[7:]} 谢谢",
        f"我的号 {phone.translate(HAN)}", f"加我微信 {traces.username}", f"@{traces.username}",
        f"see https://t.me/{traces.username} ok?", f"mail {traces.username}@example.com",
        f"{'-'.join(phone)}", f"Flat 3, +86 {phone}, 14:30",
    ))  # fmt: skip


async def writes(person: Person, traces: Traces, rng: random.Random) -> None:
    await person.writes(written(traces, rng), answered=False)


async def marks(person: Person, traces: Traces, rng: random.Random) -> None:
    """Words behind which a person stands."""
    user = {
        "id": person.id,
        "is_bot": False,
        "first_name": "Canaryman",
        "username": traces.username,
    }
    mention = {"type": "text_mention", "offset": 0, "length": 4, "user": user}
    link = {"type": "text_link", "offset": 5, "length": 4, "url": f"tg://user?id={person.id}"}
    await person.sends(text="Here I am", marks=[mention, link], answered=False)


async def forwards(person: Person, traces: Traces, rng: random.Random) -> None:
    whose = {"name": "Canaryman", "id": person.id, "username": traces.username}
    hidden = {"name": f"Canaryman {traces.phone}"}
    await person.sends(
        text=written(traces, rng), forward=rng.choice((whose, hidden)), answered=False
    )


async def contact(person: Person, traces: Traces, rng: random.Random) -> None:
    await person.shares_contact(answered=False)


async def photo(person: Person, traces: Traces, rng: random.Random) -> None:
    await person.sends_photos(photo_of(traces), caption=written(traces, rng), answered=False)


async def album(person: Person, traces: Traces, rng: random.Random) -> None:
    await person.sends_photos(
        photo_of(traces), photo_of(traces), caption=written(traces, rng), answered=False
    )


async def speaks(person: Person, traces: Traces, rng: random.Random) -> None:
    said = voice(f"{traces.username} {traces.phone}")
    await person.sends_photos(said, kind="voice", caption=written(traces, rng), answered=False)


async def document(person: Person, traces: Traces, rng: random.Random) -> None:
    await person.sends_photos(b"%PDF-1.4 " + traces.phone.encode(), kind="document", answered=False)


async def place(person: Person, traces: Traces, rng: random.Random) -> None:
    point = {"latitude": 31.23, "longitude": 121.47, "title": f"Home of {traces.username}",
             "address": traces.phone}  # fmt: skip
    await person.sends(location=point, answered=False)


async def odd(person: Person, traces: Traces, rng: random.Random) -> None:
    poll = {"question": f"{traces.phone}?", "options": [traces.username, "no"]}
    await person.sends(
        **rng.choice(({"poll": poll}, {"dice": "🎲"}, {"game": "x"})), answered=False
    )


async def corrects(person: Person, traces: Traces, rng: random.Random) -> None:
    said = await person.writes("On my way", answered=False)
    await person.edits(said, written(traces, rng))


ACTS: tuple[Act, ...] = (
    writes, marks, forwards, contact, photo, album, speaks, document, place, odd, corrects,
)  # fmt: skip


async def sent_to(people: People, person: Person, bot: str) -> list[str]:
    """All that a bot said to this person: words, captions, buttons, names of files, and what is in the files."""
    seen = [
        str({name: value for name, value in call["params"].items() if name != "chat_id"})
        for call in await people.calls(bot=BOTS[bot])
        if call["params"].get("chat_id") == person.id
    ]
    await person.refresh()
    urls = {url for m in person.from_bot() for url in m.get("files", {}).values()}
    async with ClientSession() as session:
        for url in urls:
            async with session.get(f"{people.base_url}{url}") as answer:
                seen.append((await answer.read()).decode("latin-1"))
    return seen


@pytest.mark.feature("C21")
async def test_no_trace_of_either_reaches_the_other(platform: Platform, people: People) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    async with watched(platform, people) as watch:
        customer, provider, order, _ = await talked_about(
            people, watch, f"Zora{seed} Canaryman", username=f"zora_canary_{seed}"
        )
        theirs = await people.call("GET", "/people")
        username = next(each["username"] for each in theirs if each["id"] == provider.person.id)
        sides = {
            "customer": (customer.person, Traces(customer.person, f"zora_canary_{seed}")),
            "provider": (provider.person, Traces(provider.person, username)),
        }
        for one in (customer, provider):
            await opens(one, order)
        for act in rng.sample(ACTS, k=len(ACTS)):
            await asyncio.gather(*(act(person, traces, rng) for person, traces in sides.values()))
        await watch.delivered()
        passed = watch.rows("SELECT count(*) FROM relayed WHERE order_id = ?", order)[0][0]
        assert passed >= 2 * 8, f"only {passed} messages were passed on"
        for bot, other in (("customer", "provider"), ("provider", "customer")):
            reader, traces = sides[bot][0], sides[other][1]
            for text in await sent_to(people, reader, bot):
                assert not traces.in_(text), (seed, bot, traces.in_(text), text[:600])
