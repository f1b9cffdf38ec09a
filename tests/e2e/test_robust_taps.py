"""Taps that come in threes, late, or from somebody else: what is done is done once, and only for its owner."""

import asyncio

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    confirmed,
    its_provider,
    on_site,
    page_of,
    reviewed,
    welcomed,
    worked,
)
from tests.e2e.watching import Watch, watched

OPERATOR = 3002
GARBAGE = (
    "", ":", "::::", "order", "order:", "order:x", "order:-1", "order:0", "order:1:2:3", "order:٣",
    f"order:{2**63}", f"order:{'9' * 50}", "bconfirm:zz:1", "bday:zz:999999999999", "p:1:2:r0000:0",
    f"c:{2**63}:0", "c:1:99999999999999999999", "rstar:1:quality:5", "jobs:nowhere:-5", "l:1:x:-1",
    "otab:' OR 1=1 --:0", "lang:xx", "hello:../../etc", "{{7*7}}", "%s%n", "accept:9", "day:9999999999",
    "week:-99999999999", "ov:1", "oc:1", "ru:99999", "rue:-1", "st:-1", "sm:1", "lg:99999999999999999999",
    "🙂" * 16, "\x00", "earned:1", "cash:1:-100", "wday:99", "edge:9:9:9", "found:99", "favs:-1",
)  # fmt: skip


@pytest.mark.feature("X3", "C8", "C10", "P3")
async def test_taps_made_three_times_at_once_do_the_thing_once(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Tripler")
        await booking(customer)
        order = await confirmed(customer, watch, times=3)
        await customer.offered("paycheck")
        await page_of(customer, times=3)
        provider = await its_provider(people, watch, order)
        await worked(provider, watch, order, times=3)
        await reviewed(customer, "Nice", order, times=3)
        await watch.delivered()
        who = watch.rows("SELECT customer_id FROM orders WHERE id = ?", order)[0][0]
        assert watch.rows("SELECT count(*) FROM orders WHERE customer_id = ?", who) == [(1,)]
        assert watch.rows("SELECT count(*) FROM review WHERE order_id = ?", order) == [(1,)]
        total, paid = watch.rows("SELECT due_now, paid FROM orders WHERE id = ?", order)[0]
        assert paid == total
        assert twice(watch, order) == []


def twice(watch: Watch, order: int) -> list[tuple[str, int]]:
    """What was done to the order more than once."""
    sql = (
        "SELECT verb, count(*) FROM order_step WHERE order_id = ? GROUP BY verb HAVING count(*) > 1"
    )
    return watch.rows(sql, order)


def traces(watch: Watch, order: int) -> list[object]:
    """All that an effect on the order would change."""
    return [
        watch.rows("SELECT * FROM orders WHERE id = ?", order),
        watch.rows("SELECT * FROM review WHERE order_id = ?", order),
        watch.rows("SELECT * FROM payment WHERE order_id = ?", order),
        watch.rows("SELECT count(*) FROM order_step WHERE order_id = ?", order),
        watch.rows("SELECT count(*) FROM ledger_transaction"),
    ]


async def press_all(person: Person, presses: list[tuple[int, str]]) -> list[str]:
    """Taps as fast as fingers allow; every one must be answered. What was shown in the end, edit by edit."""
    path, people = f"/people/{person.id}", person.people
    taps = [
        await people.call(
            "POST", f"{path}/chats/{person.chat_id}/press",
            json={"message_id": message, "data": data, "stale": True},
        )
        for message, data in presses
    ]  # fmt: skip
    said = []
    for tap, (_, data) in zip(taps, presses, strict=True):
        answer = await people.call("GET", f"/callbacks/{tap['callback_query_id']}?wait=60")
        assert answer["answered"], f"{data} was not answered"
        said.append(answer["text"] or "")
    return said


def of_each_verb(old: list[tuple[int, str]], most: int) -> list[tuple[int, str]]:
    """A few buttons of each kind, the oldest first."""
    seen: dict[str, int] = {}
    kept = []
    for message, data in old:
        verb = data.split(":")[0]
        seen[verb] = seen.get(verb, 0) + 1
        if seen[verb] <= most:
            kept.append((message, data))
    return kept


async def staff_player(people: People, number: str) -> Player:
    """A colleague who looked at everything, and at this order."""
    staff = Player(await people.known(OPERATOR))
    for command in ("help", "orders", "tickets", "applications", "services", "rules", "staff"):
        await staff.person.writes(f"/{command}", answered=False)
        await staff.look()
    await staff.person.writes(f"/order {number}", answered=False)
    await staff.offered("ot")
    return staff


async def the_whole_way(people: People, watch: Watch) -> tuple[Player, Player, Player, int, str]:
    customer = await welcomed(people, "Xanthippe Quill")
    await booking(customer, door=SECRET)
    await on_site(customer)
    order = await confirmed(customer, watch)
    number = str(watch.rows("SELECT number FROM orders WHERE id = ?", order)[0][0])
    provider = await its_provider(people, watch, order)
    await worked(provider, watch, order)
    await provider.press(f"cash:{order}")
    await customer.press("ocashyes", then="review")
    await reviewed(customer, "Fine", order)
    staff = await staff_player(people, number)
    await watch.delivered()
    return customer, provider, staff, order, number


SECRET = "Secret lane 77, behind the bakery"


async def now_of(people: People) -> int:
    """Where the sandbox's events stand."""
    return int((await people.call("GET", "/events/poll?after=9007199254740991&wait=0"))["seq"])


async def shown_since(people: People, mark: int, who: list[Person]) -> str:
    """Everything these people saw since then, words and buttons."""
    asked = ",".join(str(person.id) for person in who)
    news = await people.call("GET", f"/events/poll?people={asked}&after={mark}&wait=0")
    return "\n".join(
        words_of(event["message"]) + str(event["message"].get("reply_markup", ""))
        for event in news["events"]
        if event.get("message")
    )


def in_parts(old: list[tuple[int, str]], size: int = 15) -> list[list[tuple[int, str]]]:
    return [old[start : start + size] for start in range(0, len(old), size)]


@pytest.mark.feature("X3", "C7", "C9", "P6")
async def test_every_old_button_is_answered_and_changes_nothing(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        *everybody, order, _ = await the_whole_way(people, watch)
        before = traces(watch, order)
        await asyncio.gather(
            *(press_all(one.person, of_each_verb(one.old, 1)) for one in everybody)
        )
        await watch.delivered()
        assert traces(watch, order) == before
        await leaves_nothing_begun(everybody[-1].person)


async def leaves_nothing_begun(staff: Person) -> None:
    """Other tests play the same colleague: what was asked in a topic would wait there for their words."""
    for topic in (None, *(staff.topics[name] for name in staff.topics if "🎫" not in name)):
        await staff.writes("/cancel", topic=topic)


@pytest.mark.feature("X3", "C9", "A1")
async def test_a_stranger_s_press_of_any_button_does_and_shows_nothing(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, staff, order, number = await the_whole_way(people, watch)
        before, mark = traces(watch, order), await now_of(people)
        work, strangers = [], []
        for player, chat in ((customer, 100), (provider, 200), (staff, 300)):
            for part in in_parts(of_each_verb(player.old, 2)):
                stranger = (await people.person(f"Stranger {len(strangers)}")).with_bot(chat)
                await stranger.writes("/start")
                message = stranger.last["message_id"]
                work.append(press_all(stranger, [(message, data) for _, data in part]))
                strangers.append(stranger)
        await asyncio.gather(*work)
        await guesses(await people.person("Guesser"), number)
        await watch.delivered()
        assert traces(watch, order) == before
        seen = await shown_since(people, mark, strangers)
        for secret in (SECRET, number, dashed(number), customer.person.phone, customer.person.name):
            assert secret is None or secret not in seen, seen[: seen.index(secret) + 99][-500:]


def dashed(number: str) -> str:
    return f"{number[:4]}-{number[4:]}"


async def guesses(stranger: Person, number: str) -> None:
    """A number of somebody else sounds like a number of nobody."""
    answers = set()
    for typed in (dashed(number), "9999-9999"):
        await stranger.writes(typed)
        message = await stranger.sees(f"You have no order {typed}")
        answers.add(words_of(message).replace(typed, ""))
    assert len(answers) == 1, answers


@pytest.mark.feature("X3")
async def test_unknown_and_garbled_buttons_are_answered_in_every_chat(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        work = []
        provider = await people.known(2003)
        for part in in_parts([(0, data) for data in GARBAGE if data]):
            for person in (
                await people.person("Fuzzer"),
                (await people.person("Fuzzer")).with_bot(200),
                provider,
                await people.known(OPERATOR),
            ):
                if person.chat_id > 0:
                    await person.writes("/start")
                await person.refresh()
                message = person.last["message_id"] if person.from_bot() else 1
                work.append(press_all(person, [(message, data) for _, data in part]))
        await asyncio.gather(*work)
        await watch.delivered()
