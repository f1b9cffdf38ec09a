"""What happens to one order, told from both sides by what is on the screens: nobody knows more than people do."""

import asyncio
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field

from bot.sandbox.gateways.stripe import StripeStandIn
from tests.cityday.chats import Chats, Shown, Wanted
from tests.cityday.day import Day
from tests.cityday.people import Lost, Phone, Post

BROWSES, LOOKS_CLOSER, OTHER_TIME = 0.5, 0.25, 0.4
CANCELS, MOVES, DECLINES, REVIEWS, ONLINE = 0.07, 0.04, 0.05, 0.6, 0.15
ASKED = ("btime", "bpart", "bday", "bskip", "bans", "bnext")
"""What leads on to the summary, the nearest first."""
STEPS, FEW = 12, 3
WAITS, A_MOMENT = 25, 0.2
"""So many minutes somebody may take to be found; seconds of our own in each."""
DOOR = "人民路 12 号 502 室"
CODE = re.compile(r"(?:服务码|start code)\D*(\d{4})", re.IGNORECASE)
NUMBER = re.compile(r"\d{4}-\d{4}")
ORDER = re.compile(r"(?:order|omore|paycheck|ocancel):(\d+)")


@dataclass(slots=True)
class Offers:
    """Which provider was last asked about which order."""

    chats: Chats
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    hands: dict[int, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """A provider does one thing at a time."""
    known: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.chats.heard = self._heard

    def _heard(self, chat: int, message: Shown) -> None:
        if press := message.press("accept"):
            order = press.partition(":")[2]
            if chat not in self.known[order]:  # shown anew is not asked anew
                self.known[order].add(chat)
                self.asked[order].append(chat)

    def next(self, order: str) -> int | None:
        """Who is to answer; None while nobody new is asked."""
        return self.asked[order].pop(0) if self.asked[order] else None


def has(*verbs: str) -> Wanted:
    return lambda message: bool(message.press(*verbs))


@dataclass(slots=True)
class Story:
    """One order of one customer. `words`: what they may type to find a service."""

    post: Post
    day: Day
    offers: Offers
    rng: random.Random
    me: Phone
    words: list[str]
    stripe: StripeStandIn
    order: str = ""
    number: str = ""
    provider: Phone | None = None
    online: bool = False
    _start: float = 0.0

    async def __call__(self) -> str:
        try:
            return await self._told()
        except AssertionError as error:
            raise Lost(str(error)) from None

    async def _told(self) -> str:
        summary = await self._booked()
        if summary is None:
            return "nobody could come"
        card = await self._ordered(summary)
        self.order, self.number, start = _order(card), _number(card), self._start
        if self.online:
            await self._pays(card)
        await self.day.until(self.day.clock.seconds + self.rng.uniform(60, 400))
        if not await self._accepted():
            return "nobody else could come"
        if self.rng.random() < CANCELS:
            return await self._cancels()
        if self.rng.random() < MOVES:
            start = await self._moves(start)
        return await self._visited(start)

    async def _tap(self, who: Phone, on: Shown, press: str, then: Wanted) -> Shown:
        if not press:
            raise Lost(f"no such button on {on.text[:60]!r} {on.presses}")
        seen = await who.taps(on, press, then)
        self.day.step()
        return seen

    async def _booked(self) -> Shown | None:
        """From /start to the summary; None where nobody has time."""
        home = await self.me.writes("/start", has("c"), "start")
        self.day.step()
        service = await self._service(home)
        there = await self._tap(self.me, service, service.press("l"), has("bookat", "help", "o"))
        if not (ways := there.all("bookat")):
            return None
        summary = await self._chosen(there, self.rng.choice(ways))
        if summary.press("bconfirm") and self.rng.random() < OTHER_TIME:
            summary = await self._another_time(summary)
        return await self._way_to_pay(summary)

    async def _ordered(self, summary: Shown) -> Shown:
        """Until it is theirs: others may be faster."""
        for _ in range(STEPS):
            sure = summary.press("bconfirm")
            seen = await self._tap(
                self.me,
                summary,
                sure,
                lambda m, old=sure: old not in m.presses and bool(_order(m) or m.all("bgo")),
            )
            if _order(seen):
                return seen
            summary = await self._to_summary(seen)
        raise Lost("others were always faster")

    async def _service(self, home: Shown) -> Shown:
        """Through the categories, or by its name."""
        if self.rng.random() < BROWSES:
            shown = home
            while not (services := shown.all("s")):
                press = self.rng.choice(shown.all("c"))
                shown = await self._tap(self.me, shown, press, lambda m, p=press: _opened(m, p))
            return await self._tap(self.me, shown, self.rng.choice(services), has("l"))
        found = await self.me.writes(self.rng.choice(self.words), has("s"), "search")
        self.day.step()
        return await self._tap(self.me, found, found.press("s"), has("l"))

    async def _chosen(self, there: Shown, way: str) -> Shown:
        if there.all("p") and self.rng.random() < LOOKS_CLOSER:
            page = await self._tap(self.me, there, self.rng.choice(there.all("p")), has("bookat"))
            there, way = page, page.press("bookat")
        self._start = int(way.split(":")[3]) * 60.0
        return await self._to_summary(await self._tap(self.me, there, way, _leads_on))

    async def _to_summary(self, shown: Shown) -> Shown:
        """Whatever is asked on the way is answered; a time that somebody else took meanwhile is another one."""
        for _ in range(STEPS):
            if shown.press("bconfirm"):
                return shown
            verb = next((verb for verb in ASKED if shown.all(verb)), "")
            if not verb and (date := _date(shown)):
                shown = await self._tap(self.me, shown, date, has("bday"))
                continue
            if not verb:
                shown = await self.me.writes(DOOR, _leads_on, "door")
                self.day.step()
                continue
            press = self.rng.choice(shown.all(verb)[:FEW])
            if verb == "btime":
                self._start = int(press.split(":")[2]) * 60.0
            shown = await self._tap(
                self.me, shown, press, lambda m, old=press: _leads_on(m) and old not in m.presses
            )
        raise Lost(f"no way to the summary: {shown.text[:80]!r} {shown.presses}")

    async def _another_time(self, summary: Shown) -> Shown:
        return await self._to_summary(
            await self._tap(self.me, summary, _date(summary), has("bday"))
        )

    async def _way_to_pay(self, summary: Shown) -> Shown:
        """At the door where that can be, mostly."""
        pay = next(press for press in summary.all("bgo") if press.endswith(":pay"))
        ways = await self._tap(self.me, summary, pay, has("bpay"))
        door = [press for press in ways.all("bpay") if "on_site" in press]
        online = [press for press in ways.all("bpay") if press not in door]
        self.online = bool(online) and (not door or self.rng.random() < ONLINE)
        return await self._tap(self.me, ways, (online if self.online else door)[0], has("bconfirm"))

    async def _pays(self, card: Shown) -> None:
        """On the company's page, which tells the platform by itself."""
        link = next((link for link in card.links if "/sandbox/pay/stripe/" in link), "")
        if not link:
            raise Lost(f"no link to pay by: {card.text[:80]!r} {card.links}")
        self.stripe.paid(link.rsplit("/", 1)[1])

    async def _accepted(self) -> bool:
        """The first who was asked accepts, mostly; else another one is found, or nobody."""
        for _ in range(WAITS):
            if (found := self.offers.next(self.order)) is None:
                await self.day.until(self.day.clock.seconds + 60)
                await asyncio.sleep(A_MOMENT)  # the platform, too, needs time of our own
                continue
            async with self.offers.hands[found]:
                if await self._answered(Phone(self.post, "provider", found)):
                    return True
        return False

    async def _answered(self, who: Phone) -> bool:
        """Whether he takes it."""
        yes, no = f"accept:{self.order}", f"decline:{self.order}"
        offer = await self._about(who, "accept")
        if self.rng.random() < DECLINES:
            await self._tap(who, offer, no, lambda m: no not in m.presses)
            return False
        await self._tap(
            who,
            offer,
            yes,
            lambda m: any(p.endswith(f":{self.order}") and p not in (yes, no) for p in m.presses),
        )
        self.provider = who
        return True

    async def _cancels(self) -> str:
        await self.day.until(self.day.clock.seconds + self.rng.uniform(30, 900))
        card = await self.me.sees(has(f"ocancel:{self.order}"), "the order")
        sure = await self._tap(self.me, card, f"ocancel:{self.order}", has("ocancelgo"))
        await self._tap(self.me, sure, sure.press("ocancelgo"), has("oagain"))
        return "cancelled"

    async def _moves(self, start: float) -> float:
        """To another of the next days' starts; near the visit the provider is asked."""
        order, me = self.order, self.me
        shown = await me.sees(has(f"mv:{order}"), "the order")
        press, ways = f"mv:{order}", ("mvgo", "mvat", "mvpart", "mvday")
        for _ in range(STEPS):
            shown = await self._tap(
                me, shown, press, lambda m, old=press: bool(m.press(*ways)) and old not in m.presses
            )
            if go := shown.press("mvgo"):
                break
            press = self.rng.choice(shown.all(next(way for way in ways if shown.all(way)))[:FEW])
        else:
            raise Lost("no other time")
        await self._tap(me, shown, go, lambda m: go not in m.presses)
        _, _, minutes, asked, *_ = go.split(":")
        if int(asked):
            await self._agreed()
        return int(minutes) * 60.0

    async def _agreed(self) -> None:
        who = self.provider
        assert who is not None
        asked = await who.sees(has(f"mvyes:{self.order}"), "the question about another time")
        yes = asked.press(f"mvyes:{self.order}")
        await self._tap(who, asked, yes, lambda m: yes not in m.presses)

    async def _visited(self, start: float) -> str:
        order, who = self.order, self.provider
        assert who is not None
        await self.day.until(start - self.rng.uniform(1200, 2400))
        job = await self._about(who, "depart")
        job = await self._tap(
            who, job, f"depart:{order}", has(f"arrive:{order}", f"departgo:{order}")
        )
        if sure := job.press(f"departgo:{order}"):
            job = await self._tap(who, job, sure, has(f"arrive:{order}"))
        await self.day.until(start - self.rng.uniform(30, 300))
        door = has(f"code:{order}", f"shots:{order}", f"here:{order}")
        job = await self._about(who, "arrive")
        job = await self._tap(who, job, f"arrive:{order}", door)
        if here := job.press(f"here:{order}"):
            job = await self._tap(who, job, here, has(f"code:{order}", f"shots:{order}"))
        return await self._worked(job, start)

    async def _about(self, who: Phone, verb: str) -> Shown:
        """The message with this step of the order; below other news it is found by its number."""
        step = has(f"{verb}:{self.order}")
        if (here := who.chat.find(step)) is not None:
            return here
        found = await who.writes(self.number, step, "number")
        self.day.step()
        return found

    async def _worked(self, job: Shown, start: float) -> str:
        who = self.provider
        assert who is not None
        code = await self._code()
        async with self.offers.hands[who.id]:
            job = await self._begun(job, code)
        await self.day.until(max(start, self.day.clock.seconds) + self.rng.uniform(2400, 7200))
        async with self.offers.hands[who.id]:
            if not job.press(*self._ends):  # and after it
                job = await self._tap(who, job, f"shots:{self.order}", has(f"job:{self.order}"))
                job = await who.sends_photo(has(*self._ends))
                self.day.step()
        return await self._finished(job)

    async def _begun(self, job: Shown, code: str) -> Shown:
        order, who = self.order, self.provider
        assert who is not None

        def asked(message: Shown) -> bool:
            return not message.press("code", "absent")

        if job.press(f"code:{order}"):
            await self._tap(who, job, f"code:{order}", asked)
        else:  # how it looks before the work; then the code is asked for at once
            await who.sends_photo(asked)
            self.day.step()
        return await who.writes(code, self._at_work, "code")

    @property
    def _ends(self) -> tuple[str, str]:
        return f"donecash:{self.order}", f"finish:{self.order}"

    def _at_work(self, message: Shown) -> bool:
        shots = f"shots:{self.order}"
        return bool(message.press(*self._ends)) or (
            bool(message.press(shots) and message.press("jobs")) and not message.press("absent")
        )

    async def _finished(self, job: Shown) -> str:
        order, who = self.order, self.provider
        assert who is not None
        end = job.press(*self._ends)
        sure = f"{end.partition(':')[0]}:{order}:1"

        def over(message: Shown) -> bool:
            return bool(message.press(sure)) or not message.press(*self._ends, f"shots:{order}")

        job = await self._tap(who, job, end, over)
        if press := job.press(sure):
            await self._tap(who, job, press, lambda m: not m.press(*self._ends))
        if end.startswith("donecash"):
            asked = await self.me.sees(has(f"ocashyes:{order}"), "the cash")
            paid = has(f"review:{order}", f"order:{order}")
            await self._tap(self.me, asked, f"ocashyes:{order}", paid)
        if self.rng.random() < REVIEWS:
            return await self._reviewed()
        return "done"

    async def _code(self) -> str:
        shown = await self.me.sees(lambda m: bool(CODE.search(m.text)), "the code")
        found = CODE.search(shown.text)
        assert found
        return found[1]

    async def _reviewed(self) -> str:
        order = self.order
        await self.day.until(self.day.clock.seconds + self.rng.uniform(60, 7200))
        asked = await self.me.sees(has(f"review:{order}"), "the wish for a review")
        form = await self._tap(self.me, asked, f"review:{order}", has(f"rstar:{order}"))
        for dimension in ("quality", "attitude", "skill"):
            stars = self.rng.choice((3, 4, 5, 5, 5))
            press = f"rstar:{order}:{dimension}:{stars}"
            form = await self._tap(self.me, form, press, has(f"rstar:{order}", f"rpublish:{order}"))
        await self._tap(
            self.me, form, f"rpublish:{order}", lambda m: not m.press("rstar", "rpublish")
        )
        return "reviewed"


def _order(message: Shown) -> str:
    for press in message.presses:
        if found := ORDER.fullmatch(press):
            return found[1]
    return ""


def _number(message: Shown) -> str:
    found = NUMBER.search(message.text)
    return found[0] if found else ""


def _date(message: Shown) -> str:
    return next((press for press in message.all("bgo") if press.endswith(":date")), "")


def _opened(message: Shown, press: str) -> bool:
    """The page of that category."""
    return press not in message.presses and bool(message.all("s") or message.all("c"))


def _leads_on(message: Shown) -> bool:
    return bool(message.press("bconfirm", "bskip", "bnext", "bstop"))
