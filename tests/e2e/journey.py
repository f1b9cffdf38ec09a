"""One order on its way through the chats, pressed by the verbs of the buttons, so that any language will do."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from tests.chat import PATIENCE, Message, People, Person, words_of
from tests.e2e.staff import told
from tests.e2e.test_booking import DOOR, listed
from tests.e2e.watching import Watch

Old = tuple[int, str]
SLOW = 30.0
SHANGHAI = ZoneInfo("Asia/Shanghai")


def presses(message: Message) -> list[str]:
    """What the buttons of a message say to the bot."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(b["callback_data"]) for row in rows for b in row if "callback_data" in b]


def with_verb(message: Message, verb: str) -> str | None:
    found = (data for data in presses(message) if data == verb or data.startswith(f"{verb}:"))
    return next(found, None)


def with_verbs(message: Message, *verbs: str) -> list[str]:
    return [data for data in presses(message) if data.split(":")[0] in verbs]


def days_on(message: Message) -> list[date]:
    """The days that can be tapped in a month of the booking's calendar."""
    found = (data.split(":") for data in presses(message) if data.startswith("bday:"))
    return [date.fromordinal(int(parts[2])) for parts in found]


def starts_on(message: Message) -> list[datetime]:
    """The times that can be tapped, by the clock of the place."""
    found = (data.split(":") for data in presses(message) if data.startswith("btime:"))
    return [datetime.fromtimestamp(int(p[2]) * 60, UTC).astimezone(SHANGHAI) for p in found]


async def every_day(person: Person) -> list[date]:
    """The days that can be booked: the nearest, which are on the screen, and those of the calendar's months."""
    screen, seen = person.last, set[str]()
    found = days_on(screen)
    while ahead := [data for data in with_verbs(screen, "bmon") if data not in seen]:
        seen.add(ahead[0])
        screen = await turned(person, screen, ahead[0])
        found += days_on(screen)
    return sorted({*found})


async def turned(person: Person, screen: Message, month: str) -> Message:
    """The month of the calendar that was tapped: its own button is gone."""
    await person.taps_stale(screen["message_id"], month)
    return await person.sees_where(
        lambda m: m["message_id"] == screen["message_id"] and month not in presses(m), what=month
    )


async def last_month(person: Person, verb: str) -> Message:
    """From the nearest days into the calendar and to its end, weeks ahead whatever today is."""
    screen = await person.sees_where(lambda m: bool(with_verbs(m, verb)), what="the calendar")
    screen = await turned(person, screen, with_verbs(screen, verb)[0])
    while "▶" in told(screen):
        screen = await turned(person, screen, with_verbs(screen, verb)[-1])
    return screen


async def starts_of_day(person: Person, part: str, start: str, *, which: int = 0) -> list[Old]:
    """The buttons of the starts of the day on the screen: all of them, or those of one of its parts."""
    screen = await person.sees_where(lambda m: bool(with_verbs(m, part, start)), what="the day")
    if parts := with_verbs(screen, part):
        await person.taps_stale(screen["message_id"], parts[which])
        screen = await person.sees_where(lambda m: bool(with_verbs(m, start)), what="its times")
    return [(screen["message_id"], data) for data in with_verbs(screen, start)]


class Player:
    """A person whose every button is remembered for later."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.old: list[Old] = []

    async def look(self) -> None:
        await self.person.refresh()
        seen = [(m["message_id"], data) for m in self.person.from_bot() for data in presses(m)]
        self.old += [one for one in seen if one not in self.old]

    async def offered(self, verb: str, *, timeout: float = PATIENCE) -> Old:
        """Waits for a button with this verb: (message, data)."""
        await self.look()
        for message in reversed(self.person.from_bot()):
            if data := with_verb(message, verb):
                return message["message_id"], data
        found = await self.person.sees_where(
            lambda m: with_verb(m, verb) is not None, timeout=timeout, what=verb
        )
        await self.look()
        return found["message_id"], str(with_verb(found, verb))

    async def press(self, verb: str, *, then: str = "", times: int = 1) -> None:
        """One tap, or several at once, and the button that must come of it."""
        message_id, data = await self.offered(verb)
        taps = (self.person.taps_stale(message_id, data) for _ in range(times))
        await asyncio.gather(*taps)
        await self.look()
        if then:
            await self.offered(then)

    async def writes(self, text: str, *, then: str = "") -> None:
        await self.person.writes(text)
        await self.look()
        if then:
            await self.offered(then)


async def welcomed(people: People, name: str, **more: Any) -> Player:
    """A new customer at People's Square."""
    player = Player(await people.person(name, **more))
    await player.writes("/start", then="hello")
    await player.person.taps("English")
    await player.person.sees("Where should we come?")
    await player.look()
    await player.person.shares_location("People's Square")
    await player.person.sees("what can we do for you?")
    await player.look()
    return player


async def booking(player: Player, *, door: str = DOOR, said: str = "") -> None:
    """To the summary; `said` is a sentence with a time, else it is the soonest."""
    if said:
        await player.person.writes(said)
        await player.person.sees("can come then")
    else:
        await listed(player.person)
    await player.look()
    await player.press("bookat")
    await player.person.sees("Which door exactly?")
    await player.writes(door, then="bconfirm")


async def on_site(player: Player) -> None:
    """The way to pay that needs no page."""
    await paying(player, "on_site")


async def paying(player: Player, how: str) -> None:
    """From the summary and back, with another way to pay."""
    _, data = await player.offered("bgo")
    tag = data.split(":")[1]
    message = player.person.last["message_id"]
    await player.person.taps_stale(message, f"bgo:{tag}:pay")
    await player.offered("bpay")
    if not (found := _way(player, how)):
        await player.person.taps("Another method")
        await player.person.sees("What would you like to pay with?")
        await player.look()
        found = _way(player, how)
    await player.person.taps_stale(message, found)
    await player.offered("bconfirm")


PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) Mobile"}


async def till(browser: aiohttp.ClientSession, link: str) -> str:
    """The page to pay on: a company's link may lead on to it, and so does the button on our own page, on a phone."""
    async with browser.get(link) as page:
        ours = page.url.path.startswith("/pay/")
        there = str(page.url)
    if not ours:
        return there
    phone = {} if "User-Agent" in browser.headers else PHONE
    async with browser.post(there, headers=phone) as page:
        assert not page.url.path.startswith("/pay/"), await page.text()
        return str(page.url)


def _way(player: Player, how: str) -> str:
    ways = (data for _, data in reversed(player.old) if data.startswith("bpay:") and how in data)
    return next(ways, "")


async def page_of(player: Player, *, times: int = 1) -> None:
    """Opens the payment page and pays there, once or several times at once."""
    link = player.person.link("Open payment page")

    async def pay(session: aiohttp.ClientSession) -> None:
        page = await till(session, link)
        async with session.post(page, data={"action": "pay"}, allow_redirects=False) as answer:
            assert answer.status in (200, 303), answer.status

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(pay(session) for _ in range(times)))


async def confirmed(player: Player, watch: Watch, *, times: int = 1) -> int:
    """Confirms the summary; the order's id."""
    await player.press("bconfirm", times=times)
    message = await player.person.sees_where(lambda m: bool(_order(m)), what="the order")
    await player.look()
    return int(_order(message))


def _order(message: Message) -> str:
    for data in presses(message):
        if found := re.fullmatch(r"(?:order|omore|paycheck|ocancel):(\d+)", data):
            return found[1]
    return ""


async def about(person: Person, number: str, has: Callable[[Message], bool], what: str) -> Message:
    """The newest message about this very order that has this; the chat may hold others of other orders, too."""

    def there(message: Message) -> bool:
        return number in words_of(message) and has(message)

    await person.refresh()
    known = next((m for m in reversed(person.from_bot()) if there(m)), None)
    what = f"{what} of {number}"
    return known or await person.sees_where(there, timeout=SLOW, what=what)


async def offer_of(provider: Person, number: str) -> Message:
    """The offer's card, which comes by itself."""
    return await about(provider, number, lambda m: with_verb(m, "accept") is not None, "the offer")


async def accepts(provider: Person, number: str) -> None:
    """Takes the very order, in whatever language the provider reads."""
    offer = await offer_of(provider, number)
    await provider.taps_stale(offer["message_id"], str(with_verb(offer, "accept")))


async def taps_about(person: Person, number: str, label: str) -> None:
    """Presses the button with this label that belongs to this very order."""
    await person.taps(label, on=lambda m: number in words_of(m), timeout=SLOW)


async def its_provider(people: People, watch: Watch, order: int) -> Player:
    """Who is asked to do it."""
    sql = (
        "SELECT person.telegram_id FROM orders JOIN provider ON provider.id = orders.provider_id"
        " JOIN person ON person.id = provider.person_id WHERE orders.id = ?"
    )
    return Player(await people.known(int(watch.rows(sql, order)[0][0])))


def state_of(watch: Watch, order: int) -> str:
    return str(watch.rows("SELECT state FROM orders WHERE id = ?", order)[0][0])


def code_of(watch: Watch, order: int) -> str:
    return str(watch.rows("SELECT start_code FROM orders WHERE id = ?", order)[0][0])


async def worked(provider: Player, watch: Watch, order: int, *, times: int = 1) -> None:
    """From the offer to the finished work; the verbs name the order, for a provider has others too."""
    accept, depart, arrive, code, finish = (
        f"{verb}:{order}" for verb in ("accept", "depart", "arrive", "code", "finish")
    )
    await provider.press(accept, then=depart, times=times)
    await provider.press(depart, then=arrive, times=times)
    await provider.press(arrive, then=code, times=times)
    await provider.press(code)
    await provider.writes(code_of(watch, order), then=finish)
    await provider.press(finish, then=f"{finish}:1")
    message, sure = await provider.offered(f"{finish}:1")
    await asyncio.gather(*(provider.person.taps_stale(message, sure) for _ in range(times)))
    await provider.look()


async def reviewed(customer: Player, text: str, order: int, *, times: int = 1) -> None:
    await customer.press("review", then="rstar")
    message, _ = await customer.offered("rstar")
    for dimension in ("quality", "attitude", "skill"):
        await customer.person.taps_stale(message, f"rstar:{order}:{dimension}:5")
    await customer.writes(text, then="rpublish")
    await customer.press("rpublish", times=times)
