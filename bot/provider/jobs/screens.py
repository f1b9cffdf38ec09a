"""How jobs look: lists, the card of one with its next step, the questions between. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.progress import progress
from bot.provider.extras.waiting import open_line
from bot.provider.jobs import delay_screens as delays
from bot.provider.jobs import photo_screens as shots
from bot.provider.jobs.doubted import doubted
from bot.provider.jobs.ended import ended
from bot.provider.moving import buttons as moving
from bot.provider.parts import (
    GAP,
    back,
    home_row,
    lines,
    map_link,
    photos_asked,
    short,
    title,
    work,
)
from bot.provider.records.coded import opened
from bot.screen import Button, Page, Screen, Style, grid, press
from core.ids import spell_order_number
from core.orders.advance import reached_at
from core.orders.arrival import room
from core.orders.contact import overdue, silent
from core.orders.late import AWAITED
from core.orders.lifecycle import PROMISED, THERE, Actor
from core.orders.model import Order, State
from core.orders.offers import Job
from core.reviews.received import Which


@dataclass(frozen=True, slots=True)
class Tab:
    """One list: which states, and whether the latest comes first."""

    name: str
    states: frozenset[State]
    latest: bool = False


TABS = {
    "new": Tab(mark("New"), frozenset({State.OFFERED})),
    "next": Tab(mark("Upcoming"), frozenset({State.ACCEPTED})),
    "now": Tab(mark("In progress"), frozenset({State.ON_THE_WAY, State.ARRIVED, State.WORKING})),
    "done": Tab(mark("Done"), frozenset({State.FINISHED, State.DISPUTED, State.CLOSED}), True),
    "off": Tab(mark("Cancelled"), frozenset({State.CANCELLED}), True),
}
MAY_DROP = frozenset({State.ACCEPTED, State.ON_THE_WAY})


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next in a state: label and verb of its button; some buttons carry a 0 for “not sure yet”."""

    label: str
    verb: str
    style: Style = "primary"
    ids: tuple[int, ...] = ()


STEPS: dict[State, tuple[Next, ...]] = {
    State.ACCEPTED: (
        Next(mark("🛵 On the way"), "depart"), Next(mark("📍 I'm here"), "arrive", ""),
    ),
    State.ON_THE_WAY: (Next(mark("📍 I'm here"), "arrive"),),
    State.ARRIVED: (Next(mark("🔑 Start with code"), "code"),),
    State.WORKING: (Next(mark("🏁 Finish"), "finish", "success", (0,)),),
}  # fmt: skip
HINTS = {
    State.ON_THE_WAY: mark(
        "Share your live location (📎 → Location): the customer sees you until you arrive."
    ),
    State.ARRIVED: mark("Ask the customer for the four digits."),
}

IN_TOUCH = mark(
    "💬 <b>Please get in touch by {time}</b>: write to the customer, or send a hello with one tap."
)
OVERDUE = mark(
    "💬 <b>Please get in touch now</b>: the customer has heard nothing from you yet. One tap sends a hello."
)
FOLLOWED = mark("📡 The customer sees where you are, until you arrive.")


def listed(
    orders: Sequence[Order], tab: str, number: int, words: Words, *, now: datetime
) -> Screen:
    page = _page(orders, number)
    head = words("📋 <b>Jobs: {tab}</b>", tab=words.plain(TABS[tab].name))
    empty = words("Nothing here.") if not orders else None
    text = lines(head, empty, words("Type a number, a day or a few words to find one."))
    rows = [[_row(order, words, now)] for order in page.items]
    return Screen(text, [*rows, *page.turns("jobs", tab), _elsewhere(words)])


def _page(orders: Sequence[Order], number: int) -> Page:
    """No more than eight buttons with those below."""
    return Page.of(orders, number, size=6 if len(orders) <= 6 else 3)


def _elsewhere(words: Words) -> list[Button]:
    return [Button(words.plain("By state ▾"), press("jstates")), *home_row(words)]


def states(words: Words) -> Screen:
    tabs = [Button(words.plain(tab.name), press("jobs", key, 0)) for key, tab in TABS.items()]
    records = Button(words.plain("📒 Records"), opened())
    said = Button(words.plain("⭐ Reviews"), press("reviews", Which.ALL, 0))
    return Screen(words("📋 <b>Which jobs?</b>"), [*grid([*tabs, records, said]), home_row(words)])


def on_days(
    orders: Sequence[Order], days: tuple[date, date], number: int, words: Words, *, now: datetime
) -> Screen:  # fmt: skip
    first, last = (words.day(day, now=now) for day in days)
    head = words("📋 <b>Jobs: {tab}</b>", tab=first if first == last else f"{first} – {last}")
    page = _page(orders, number)
    empty = words("Nothing planned then.") if not orders else None
    rows = [[_row(order, words, now)] for order in page.items]
    turns = page.turns("jdays", *(day.toordinal() for day in days))
    return Screen(lines(head, empty), [*rows, *turns, _elsewhere(words)])


def _row(order: Order, words: Words, now: datetime) -> Button:
    sign = names.STATES[order.state][0]
    when = words.moment(order.starts_at, now=now)
    return Button(f"{sign} {when} {short(title(order, words), 18)}", press("job", order.id))


def found(orders: Sequence[Order], text: str, words: Words, *, now: datetime) -> Screen:
    head = words("🔎 <b>Jobs with “{text}”</b>", text=short(text, 40))
    rows = [[_row(order, words, now)] for order in orders[:7]]
    return Screen(lines(head), [*rows, home_row(words)])


def card(job: Job, words: Words, *, now: datetime, followed: bool = False) -> Screen:
    """Everything about one job and its next step; `followed` says that the customer sees where he is."""
    order = job.order
    text = lines(
        Markup("<b>{}</b>").format(names.state(order.state, words)), progress(order, words), GAP,
        *_what(job, words, now), GAP, *_money(job, words), *_hint(job, words, followed, now),
    )  # fmt: skip
    return Screen(text, _buttons(job, words, now))


def _what(job: Job, words: Words, now: datetime) -> Iterable[Markup]:
    order = job.order
    yield Markup("<b>{}</b> · <code>{}</code>").format(
        title(order, words), spell_order_number(order.number)
    )
    yield Markup("🕒 <b>{}</b>").format(words.lasting_span(order.starts_at, order.minutes))
    if said := delays.said(order, words, now):
        yield said
    if order.rhythm:
        yield Markup("{}").format(names.rhythm(order.rhythm, words))
    yield from _question(order, words)
    if job.customer:
        yield Markup("👤 {}").format(short(job.customer, 40))
    door = names.spot(short(words.place(order.place), 80), short(job.detail, 200))
    yield Markup("📍 {}").format(door)
    if order.state in PROMISED:
        yield from _wishes(order, words)


def _question(order: Order, words: Words) -> Iterable[Markup]:
    """The customer's word that it stands, and another time that somebody asks for."""
    if order.confirmed_at is not None and order.state in AWAITED:
        yield words("👍 The customer confirmed this time.")
    if (asked := order.proposal) is None:
        return
    new, until = words.lasting(asked.start), words.lasting(asked.until)
    if asked.by == Actor.CUSTOMER:
        yield words("🗓 <b>The customer asks for {new}.</b> Answer by {time}.", new=new, time=until)
    else:
        yield words(
            "⏳ You asked for <b>{new}</b>. The customer answers by {time}.", new=new, time=until
        )


def _wishes(order: Order, words: Words) -> Iterable[Markup]:
    yield from work(order.tasks, words)
    if order.notes:
        yield Markup("📝 {}").format(short(order.notes, 500))
    if asked := photos_asked(order.work_photos, words):
        yield asked
    if order.photos:
        yield words.plural("📷 {n} photo", "📷 {n} photos", len(order.photos))


def owes_cash(order: Order) -> bool:
    """The visit is over and the provider has not said yet what he was given."""
    open_ = order.state is State.FINISHED and order.cash_stated is None
    return open_ and order.to_pay_on_site > 0


def _money(job: Job, words: Words) -> Iterable[Markup]:
    order = job.order
    if order.state is State.CANCELLED:
        yield from ended(order, words)
        return
    yield words("💰 You earn {net}", net=words.money(job.earning.net, order.currency))
    if job.extra is not None:
        yield open_line(job.extra, order, words)
    if order.to_pay_on_site and order.cash_stated is None and order.state is not State.CLOSED:
        cash = words.money(order.to_pay_on_site, order.currency)
        yield words("💵 <b>Collect {cash} on site</b>", cash=cash)
    if order.cash_stated is not None and order.state is not State.CLOSED:
        stated = words.money(order.cash_stated, order.currency)
        yield words("You said you received {amount}.", amount=stated)
    if order.state is State.FINISHED and order.cash_stated is not None:
        yield words("The customer is asked to confirm it.")
    if order.state is State.CLOSED and order.cash_confirmed is not None:
        confirmed = words.money(order.cash_confirmed, order.currency)
        yield words("Settled: {amount} paid on site.", amount=confirmed)


def _hint(job: Job, words: Words, followed: bool, now: datetime) -> Iterable[Markup]:
    if silent(order=job.order) and (by := job.order.contact_by):
        yield GAP
        ask = OVERDUE if overdue(order=job.order, now=now) else IN_TOUCH
        yield words(ask, time=words.lasting(by))
    hint = words(FOLLOWED) if followed else shots.hint(job, words)
    if hint is None and job.order.state in HINTS:
        hint = words(HINTS[job.order.state])
    if job.order.state is State.DISPUTED:
        hint = lines(doubted(job.order, words), words("Our staff are looking into it."))
    if hint is not None:
        yield GAP
        yield hint


def _steps(order: Order) -> Sequence[Next]:
    """While the customer waits for an answer about another time, that comes before the door."""
    steps = STEPS.get(order.state, ())
    return steps[:1] if moving.asked(order) else steps


def _buttons(job: Job, words: Words, now: datetime) -> list[list[Button]]:
    order = job.order
    steps = [
        [Button(words.plain(step.label), press(step.verb, order.id, *step.ids), style=step.style)]
        for step in _steps(order)
    ]
    # Where photos come first, they are the next step.
    rows = _greeting(order, words) + shots.buttons(job, words)
    rows += [] if shots.missing(job) else steps
    if order.state is State.WORKING and order.to_pay_on_site and not shots.missing(job):
        rows.append([_done_and_paid(order, words, sure=0)])
    if order.state is State.ARRIVED:
        rows.append([Button(words.plain("🚪 Nobody opens"), press("absent", order.id))])
    if order.state in THERE:
        rows.append([_extra(job, words)])
    if owes_cash(order):
        rows += _cash(order, words)
    where = _earlier(order, words) if room(order=order) else _map(job, words)
    if beside := [*_talk(order, words), *where]:
        rows.append(beside)
    rows += delays.button(order, words, now) or moving.buttons(order, words)
    if order.state in MAY_DROP:
        drop = Button(words.plain("↩️ Give back"), press("drop", order.id, 0), style="danger")
        rows.append([drop])
    tab = next((key for key, tab in TABS.items() if order.state in tab.states), "next")
    rows.append([back(words, press("jobs", tab, 0)), *home_row(words)])
    return rows


def _greeting(order: Order, words: Words) -> list[list[Button]]:
    """Getting in touch comes first."""
    if not silent(order=order):
        return []
    label = words.plain("👋 Confirm details")
    return [[Button(label, press("greet", order.id), style="primary")]]


def _extra(job: Job, words: Words) -> Button:
    label = mark("➕ Extra work or parts") if job.extra is None else mark("⏳ Extra work: see it")
    return Button(words.plain(label), press("extra", job.order.id))


def _talk(order: Order, words: Words) -> list[Button]:
    open_ = order.state in PROMISED | {State.CLOSED}
    return [Button(words.plain("💬 Message"), press("rtalk", order.id))] if open_ else []


def _earlier(order: Order, words: Words) -> list[Button]:
    """At the door nobody needs the map; a tap that came late can be put right."""
    return [Button(words.plain("🕒 I was here earlier"), press("earlier", order.id))]


def _done_and_paid(order: Order, words: Words, *, sure: int) -> Button:
    due = order.to_pay_on_site
    label = words.plain("🏁 Done, {cash} received", cash=words.money(due, order.currency))
    return Button(label, press("donecash", order.id, sure, due), style="success")


def surprising(job: Job, *, now: datetime) -> bool:
    """So soon after the beginning, or with extra work unanswered, a tap on “finish” may be a slip."""
    began = reached_at(order=job.order, state=State.WORKING)
    least = timedelta(minutes=job.order.minutes) / 4
    return job.extra is not None or (began is not None and now - began < least)


def _map(job: Job, words: Words) -> list[Button]:
    if job.point is None or silent(order=job.order):  # first a word, then the way
        return []
    return [Button(words.plain("🗺 Map"), url=map_link(job.point, words))]


def _cash(order: Order, words: Words) -> list[list[Button]]:
    due = order.to_pay_on_site
    label = words.plain("💵 Received {cash}", cash=words.money(due, order.currency))
    return [
        [Button(label, press("cash", order.id, due), style="success")],
        [Button(words.plain("Other amount"), press("othercash", order.id))],
    ]


def _about(job: Job, words: Words, *said: Markup | None) -> Markup:
    number = spell_order_number(job.order.number)
    head = Markup("<b>{}</b> · <code>{}</code>").format(title(job.order, words), number)
    return lines(head, GAP, *said)


def _away(job: Job, words: Words) -> list[Button]:
    return [back(words, press("job", job.order.id)), *home_row(words)]


def ask_depart(job: Job, words: Words) -> Screen:
    text = _about(
        job, words,
        words("🛵 <b>The visit is {time}. Set out now?</b>",
              time=words.lasting(job.order.starts_at)),
        words("The customer is told that you are on the way."),
    )  # fmt: skip
    yes = Button(words.plain("🛵 Yes, on my way"), press("departgo", job.order.id), style="primary")
    return Screen(text, [[yes], _away(job, words)])


def ask_code(job: Job, words: Words) -> Screen:
    text = _about(
        job, words, words("🔑 <b>Type the customer's four digits.</b>"),
        words("The customer sees them on their order. Once you enter them, the job starts."), shots.sent(job, words),
    )  # fmt: skip
    return Screen(text, [*shots.buttons(job, words), _away(job, words)])


def ask_finish(job: Job, received: int | None, words: Words) -> Screen:
    """`received`: he says in the same breath that all was paid; else he may say so here."""
    cash = words.money(job.order.to_pay_on_site, job.order.currency)
    collect = words("💵 Then collect {cash}.", cash=cash) if job.order.to_pay_on_site else None
    waits = words("⏳ The customer hasn't answered the extra work yet. Finishing takes it back.")
    text = _about(
        job, words, words("<b>Is the work done?</b>"), waits if job.extra else None, collect,
        shots.sent(job, words),
    )  # fmt: skip
    yes = Button(words.plain("🏁 Yes, done"), press("finish", job.order.id, 1), style="success")
    paid = [[_done_and_paid(job.order, words, sure=1)]] if collect else []
    sure = paid if received is not None else [*paid, [yes]]
    return Screen(text, [*sure, *shots.buttons(job, words), _away(job, words)])


def ask_cash(job: Job, words: Words) -> Screen:
    due = words.money(job.order.to_pay_on_site, job.order.currency)
    text = _about(
        job, words, words("💵 <b>How much did you receive?</b>"),
        words("{due} was due. Type what you were given, 0 if nothing.", due=due),
    )  # fmt: skip
    return Screen(text, [_away(job, words)])


def wrong_cash(job: Job, words: Words) -> Markup:
    most = words.money(job.order.to_pay_on_site, job.order.currency)
    return words("Please type an amount up to {most}, for example 80.", most=most)


def ask_drop(job: Job, words: Words, *, now: datetime) -> Screen:
    when = words.moment(job.order.starts_at, now=now)
    text = _about(
        job, words, Markup("🕒 {}").format(when),
        words("<b>Give this job back?</b> We ask somebody else at once, you earn nothing for it."),
    )  # fmt: skip
    yes = Button(words.plain("↩️ Yes, give back"), press("drop", job.order.id, 1), style="danger")
    return Screen(text, [[yes], _away(job, words)])
