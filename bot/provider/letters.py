"""What providers are told by themselves: kind of letter → screen, in words made when it leaves.

A renderer looks at the order as it is now and returns None when a later state made the letter pointless. An offer
card that somebody lost goes dead where it stands; only what asks for an act, or takes one away, sounds.
"""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.home import screens as home
from bot.provider.jobs import screens as jobs
from bot.provider.jobs.doubted import doubted
from bot.provider.offers import screens as offers
from bot.provider.parts import GAP, home_row, lines, short, title, titled
from bot.reviewed import album, told
from bot.screen import Button, Card, File, Rows, Screen, press
from bot.standing import Line, Table, standing
from bot.work_files import kept_files
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.late import AWAITED
from core.orders.lifecycle import PROMISED, Actor
from core.orders.model import Late, Order, State
from core.people.model import ProviderState
from core.reviews.model import Verdict
from core.services import Core


async def offer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The new order with the customer's photos; pointless when it is gone before it left."""
    asked = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
    if asked.gone is not None:
        return None
    screen = offers.card(asked, words, now=now)
    return replace(screen, files=await _photos(core, asked.photos))


async def _photos(core: Core, ids: tuple[int, ...]) -> tuple[File, ...]:
    found = await kept_files(core, ids)
    return tuple(File(name=file.name, mime=file.mime, file_id=file.id) for file in found)


async def offer_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The card that is there, as it is now: for whoever lost the order it goes dead."""
    asked = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
    card = Card("offer", letter.subject, when_missing="skip")
    return replace(offers.card(asked, words, now=now), card=card, quiet=True)


async def offer_reminder(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Half of the time is over: the card once more at the bottom, with sound."""
    asked = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
    if asked.gone is not None:
        return None
    card = Card("offer", letter.subject, anew=True)
    return replace(offers.card(asked, words, now=now, again=True), card=card)


async def job_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The job's card where there is one; of a job that went to somebody else the offer says so."""
    card = Card("job", letter.subject, when_missing="skip")
    try:
        job = await core.offers.job(order_id=letter.subject, person_id=letter.person_id or 0)
    except Unknown:
        lost = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
        return replace(offers.card(lost, words, now=now), card=card, quiet=True)
    if job.order.state is State.OFFERED:
        return None
    seen = await core.tracking.whereabouts(order=job.order, now=now)
    screen = jobs.card(job, words, now=now, followed=seen is not None)
    return replace(screen, card=card, quiet=True)


def push(
    order: Order, words: Words, *parts: Markup | None, open_: bool = True, rows: Rows = ()
) -> Screen:
    """News of an order, with its name below and the way to its card."""
    see = [[Button(words.plain("📋 See job"), press("job", order.id))]] if open_ else []
    return Screen(lines(*parts, _named(order, words)), [*rows, *see, home_row(words)])


def _named(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return Markup("{} · <code>{}</code>").format(title(order, words), number)


async def _order(core: Core, letter: Posted) -> Order | None:
    """The letter's order while it is with this person."""
    try:
        view = await core.orders.for_provider(
            order_id=letter.subject, person_id=letter.person_id or 0
        )
    except Unknown:
        return None
    return view.order


async def withdrawn(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The order went to somebody else, by staff or because this one was late."""
    asked = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
    if asked.gone is None:
        return None
    when = words.lasting(asked.starts_at)
    text = lines(
        *_why_withdrawn(letter, words),
        Markup("{} · <code>{}</code>").format(
            titled(asked.tasks, words), spell_order_number(asked.number)
        ),
        Markup("🕒 {}").format(when),
    )  # fmt: skip
    ask = [Button(words.plain("🎧 Support"), press("help"))] if letter.facts.get("missed") else []
    return Screen(text, [[*ask, *home_row(words)]])


def _why_withdrawn(letter: Posted, words: Words) -> tuple[Markup, ...]:
    if letter.facts.get("missed"):
        return (
            words("↩️ <b>Our staff noted that you did not come.</b>"),
            words("The order is cancelled and counts as a missed visit. Not so? Tell us."),
        )
    no_need = words("You don't need to go there.")
    if letter.facts.get("reason") == "late":
        return (words("↩️ <b>You were late: this job goes to somebody else.</b>"), no_need)
    return (words("↩️ <b>Our staff took this job back.</b>"), no_need)


async def expected(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The start has come and nobody said he is there; some minutes later the customer knows it, too."""
    job = await core.offers.job(order_id=letter.subject, person_id=letter.person_id or 0)
    order = job.order
    if order.state not in AWAITED or order.late not in (Late.REMINDED, Late.TOLD):
        return None
    said = words("⏰ <b>You're expected now</b>")
    if order.running_late:
        said = words(
            "⏰ <b>You're late: the customer knows</b>\n"
            "Tap where you are, or the visit goes to somebody else."
        )
    screen = jobs.card(job, words, now=now)
    text = lines(said, GAP, screen.text)
    return replace(screen, text=text, card=Card("job", letter.subject, anew=True))


async def waited_for(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    order = await _order(core, letter)
    if order is None or order.state not in AWAITED:
        return None
    return push(order, words, words("🙏 <b>The customer waits for you.</b> Please hurry."))


HELPED = {
    State.WORKING: mark("🔓 <b>Our staff let you begin without the code.</b>"),
    State.FINISHED: mark("🏁 <b>Our staff entered the work as done.</b>"),
    State.CLOSED: mark("🏁 <b>Our staff entered the work as done.</b>"),
}


async def helped(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Staff took a step for the provider: the card anew, with what comes next."""
    job = await core.offers.job(order_id=letter.subject, person_id=letter.person_id or 0)
    if job.order.state not in HELPED:
        return None
    screen = jobs.card(job, words, now=now)
    text = lines(words(HELPED[job.order.state]), GAP, screen.text)
    return replace(screen, text=text, card=Card("job", letter.subject, anew=True))


async def cancelled(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """A promised visit will not be."""
    order = await _order(core, letter)
    was = {state.value for state in PROMISED}
    if order is None or order.state is not State.CANCELLED or letter.facts.get("was") not in was:
        return None
    by = words("The customer cancelled.") if order.cancelled_by == Actor.CUSTOMER else None
    part = int(letter.facts.get("to_provider") or 0)
    money = words.money(part, order.currency)
    yours = words("💰 {amount} of the fee is yours.", amount=money) if part else None
    return push(
        order, words, words("✖️ <b>This visit is cancelled.</b>"), by, yours,
        Markup("🕒 {}").format(words.lasting(order.starts_at)), open_=False,
    )  # fmt: skip


async def cash_confirmed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    order = await _order(core, letter)
    if order is None or order.state is not State.CLOSED or order.cash_confirmed is None:
        return None
    amount = words.money(order.cash_confirmed, order.currency)
    if order.cash_confirmed != order.cash_stated:
        checked = words("⚖️ <b>Our staff have checked it.</b>")
        return push(order, words, checked, words("Paid on site: {amount}.", amount=amount))
    return push(order, words, words("✅ <b>{amount} in cash is confirmed.</b>", amount=amount))


async def disputed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    order = await _order(core, letter)
    if order is None or order.state is not State.DISPUTED:
        return None
    return push(
        order, words, words("⚖️ <b>Our staff are checking the payment.</b>"),
        doubted(order, words),
        words("You'll hear from us once it is settled."),
    )  # fmt: skip


async def application_approved(
    core: Core, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    application = await core.applications.look(provider_id=letter.subject)
    if application.provider.state is not ProviderState.APPROVED:
        return None
    text = lines(
        words("🎉 <b>Welcome, {name}! You're approved.</b>",
              name=short(application.provider.name, 40)),
        words("Customers find you now. New orders come right here."),
    )  # fmt: skip
    return Screen(text, [home_row(words)])


async def application_over(
    core: Core, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The screen that said to wait says so no more, and takes nothing back."""
    over = Card("application", letter.subject, when_missing="skip", fades=True)
    return Screen(words("📨 You sent your application. The answer is below."), card=over)


async def application_rejected(
    core: Core, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The reason, and the way to the part that must be mended."""
    application = await core.applications.look(provider_id=letter.subject)
    provider = application.provider
    if provider.state is not ProviderState.REJECTED:
        return None
    shown = home.rejected(words, application)
    return replace(shown, rows=[*shown.rows[:-1], home_row(words)])


async def review(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What a customer thought, with the pictures; one that is hidden by then is not told."""
    found = await core.reviews.shown(review_id=letter.subject)
    view = await core.orders.for_provider(order_id=found.order_id, person_id=letter.person_id or 0)
    files = await core.reviews.files(ids=found.files)
    news = (
        words("⭐ <b>A customer has changed their review.</b>") if found.edited_at
        else words("⭐ <b>A new review for you.</b>")
    )  # fmt: skip
    reply = Button(words.plain("💬 Reply"), press("revsay", found.id, "all", 0), style="primary")
    screen = push(
        view.order, words, news, GAP, *told(found, files, words), GAP,
        rows=[] if found.reply else [[reply]],
    )  # fmt: skip
    return replace(screen, files=album(files), quiet=bool(found.edited_at))


async def report_decided(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What staff said to a review that was reported."""
    case = await core.reporting.case(order_id=letter.subject)
    order = case.view.order
    if case.report.verdict is Verdict.HIDDEN:
        return push(
            order, words, words("🙈 <b>The review you reported is hidden.</b>"),
            words("Nobody sees it any more, and its stars no longer count."),
        )  # fmt: skip
    if case.report.verdict is Verdict.KEPT:
        return push(
            order, words, words("🚩 <b>Our staff looked at the review you reported. It stays.</b>"),
            words("It breaks no rule of ours. Your answer below it tells your side.")
            if case.review.reply else words("You can answer it: everybody reads your side then."),
            rows=[[Button(words.plain("⭐ Review"), press("review", case.review.id, "all", 0))]],
        )  # fmt: skip
    return None


async def review_down(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nobody had to ask for it."""
    seen = await core.hiding.look(order_id=letter.subject)
    if not seen.review.hidden:
        return None
    return push(
        seen.view.order, words, words("🙈 <b>A review of you is hidden.</b>"),
        words("It didn't fit our rules. Nobody sees it any more, and its stars no longer count."),
    )  # fmt: skip


async def review_back(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    seen = await core.hiding.look(order_id=letter.subject)
    if seen.review.hidden:
        return None
    see = Button(words.plain("⭐ Review"), press("review", seen.review.id, "all", 0))
    return push(
        seen.view.order, words, words("⭐ <b>A review of you is shown again.</b>"),
        words("We looked at it once more: it fits our rules, and its stars count again."),
        rows=[[see]],
    )  # fmt: skip


def while_known(render: Renderer) -> Renderer:
    """Says nothing about what this person has nothing to do with (any more)."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        try:
            return await render(core, letter, words, now)
        except Unknown:
            return None

    return run


def past(said: str) -> Line:
    """What remains of a letter about a job, and which one it was."""

    async def line(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
        order, to = await _order(core, letter), letter.facts.get("to")
        was = words.lasting(datetime.fromisoformat(str(to))) if to else ""
        named = _named(order, words) if order else await _lost(core, letter, words)
        return Markup("{} · {}").format(words(said, was=was), named)

    return line


async def _lost(core: Core, letter: Posted, words: Words) -> Markup:
    """What is left to say of a job that went to somebody else. Raises Unknown."""
    asked = await core.offers.offer(order_id=letter.subject, person_id=letter.person_id or 0)
    number = spell_order_number(asked.number)
    return Markup("{} · <code>{}</code>").format(titled(asked.tasks, words), number)


def said_before(said: str) -> Line:
    """What remains of a letter that is about the provider himself."""

    async def line(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
        return words(said)

    return line


STANDS: Table = {
    "waited_for": (waited_for, past(mark("🙏 The customer waited for you"))),
    "disputed": (disputed, past(mark("⚖️ The payment was checked by our staff"))),
    "application_rejected": (
        application_rejected, said_before(mark("✏️ Something needed fixing")),
    ),
}  # fmt: skip
LETTERS: dict[str, Renderer] = {
    "offer": while_known(offer),
    "offer_card": while_known(offer_card),
    "offer_reminder": while_known(offer_reminder),
    "job_card": while_known(job_card),
    "withdrawn": while_known(withdrawn),
    "expected": while_known(expected),
    "helped": while_known(helped),
    "cancelled": while_known(cancelled),
    "cash_confirmed": while_known(cash_confirmed),
    "review": while_known(review),
    "report_decided": while_known(report_decided),
    "review_down": while_known(review_down),
    "review_back": while_known(review_back),
    "application_approved": while_known(application_approved),
    "application_over": application_over,
} | standing(STANDS)
