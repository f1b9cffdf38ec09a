"""How orders look to staff: lists, details, timeline."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.orders import timeline
from bot.admin.orders.reading import FILTERS
from bot.admin.orders.whole import NOBODYS, Whole
from bot.admin.orders.work import work
from bot.admin.parts import back, dotted, lines, secret, short
from bot.i18n import Words, mark
from bot.reviewed import album, told
from bot.screen import Button, File, Page, Screen, grid, press
from core.files.model import Kept
from core.ids import spell_order_number
from core.orders.find import Found
from core.orders.late import announced
from core.orders.lifecycle import THERE, Actor, allowed
from core.orders.model import Order, Stage, State
from core.orders.service import OrderView
from core.orders.terms import absent_terms
from core.payments.model import PaymentState, RefundState
from core.people.model import ProviderState, Role
from core.permissions import may
from core.reviews.model import Review

STEPS, STEPS_PAGE = 5, 15
PAYMENTS = {
    PaymentState.INTENDED: mark("not begun"),
    PaymentState.UNKNOWN: mark("no answer yet"),
    PaymentState.OPEN: mark("link open"),
    PaymentState.EXPIRED: mark("expired"),
    PaymentState.REFUSED: mark("refused"),
    PaymentState.PAID: mark("paid"),
}
REFUNDS = {
    RefundState.INTENDED: mark("being sent"),
    RefundState.UNKNOWN: mark("no answer yet"),
    RefundState.PENDING: mark("on its way"),
    RefundState.FAILED: mark("failed"),
    RefundState.DONE: mark("arrived"),
}


def service(words: Words, order: Order) -> str:
    """❄️ AC repair, as it was called when the order was placed; further services of the visit as a number."""
    main, *more = order.tasks
    name = f"{main.emoji} {words.pick(main.names)}".strip()
    return f"{name} +{len(more)}" if more else name


def line(words: Words, view: OrderView, *, now: datetime) -> Markup:
    """One order on one or two lines."""
    order = view.order
    return lines(
        dotted(
            Markup("<b>{}</b>").format(spell_order_number(order.number)),
            names.state(order.state, words),
            words.lasting(order.starts_at),
            f"⏱ {words.time(order.expected_at)}" if announced(order=order, now=now) else None,
        ),
        dotted(
            service(words, order),
            f"{view.customer.name} → {view.provider.name}",
            words.money(order.total, order.currency),
        ),
    )


def card(words: Words, view: OrderView, *, now: datetime) -> Screen:
    """The order's own lines in the topic; they go along with it."""
    open_it = [Button(words.plain("Open"), press("on", view.order.id))]
    return Screen(Markup("📦 ") + line(words, view, now=now), [open_it], quiet=True)


def found(
    words: Words, result: Found, *, title: str | Markup, turn: str, ids: Sequence[int],
    now: datetime,
) -> Screen:  # fmt: skip
    """A page of orders; the turning buttons carry `turn` and `ids`."""
    told = [line(words, view, now=now) for view in result.views]
    count = words.plural("{n} order", "{n} orders", result.total)
    text = lines(
        dotted(Markup("<b>{}</b>").format(title), count),
        *[lines(Markup(""), one) for one in told],
        None if told else words("Nothing found. Try a number, a name, a phone, a state or a day."),
    )
    opens = [Button(_short(words, view), press("ov", view.order.id)) for view in result.views]
    turns = Page(result.number, result.pages).turns(turn, *ids)
    return Screen(text, [*grid(opens), *turns, [_filters(words)]])


def _short(words: Words, view: OrderView) -> str:
    sign = names.STATES[view.order.state][0]
    return short(f"{sign} {spell_order_number(view.order.number)}", 24)


def _filters(words: Words) -> Button:
    return Button(words.plain("By state ▾"), press("ofs"))


def filters(words: Words) -> Screen:
    buttons = [
        Button(words.plain(label), press("of", number, 0))
        for number, (label, _) in enumerate(FILTERS)
    ]
    text = lines(words("<b>Which orders?</b>"), words("Or type what you look for after /find."))
    return Screen(text, grid(buttons))


def order(words: Words, whole: Whole, role: Role, *, now: datetime) -> Screen:
    one = whole.order
    latest = [timeline.step(words, whole, s, now=now) for s in whole.steps[-STEPS:]]
    text = lines(
        dotted(
            words("📦 <code>{number}</code>", number=spell_order_number(one.number)),
            Markup("<b>{}</b>").format(names.state(one.state, words)),
        ),
        dotted(
            service(words, one),
            words.span(one.starts_at, one.minutes, now=now),
        ),
        words("📍 {place}", place=names.spot(words.place(one.place), one.detail)),
        _person(words, words("Customer"), whole.view.customer.name, whole.view.customer.phone),
        _person(words, words("Provider"), whole.view.provider.name, whole.provider_phone),
        *work(words, one),
        words("📝 {notes}", notes=one.notes) if one.notes else None,
        words("👍 The customer confirmed the time.") if one.confirmed_at else None,
        _question(words, one, now),
        *_photos(words, whole.view),
        *money(words, whole),
        Markup(""),
        words("<b>Timeline</b>"),
        *latest,
    )
    return Screen(text, _acts(words, whole, role, now))


def _question(words: Words, one: Order, now: datetime) -> Markup | None:
    """Another time that one side asks the other for."""
    if (asked := one.proposal) is None:
        return None
    who = words("Customer") if asked.by == Actor.CUSTOMER else words("Provider")
    return words(
        "🗓 {who} asks for {time}, to be answered by {until}", who=who,
        time=words.moment(asked.start, now=now), until=words.moment(asked.until, now=now),
    )  # fmt: skip


def _photos(words: Words, view: OrderView) -> list[Markup]:
    """What was asked to be seen of the work, and how much of it is there."""
    return [
        words("{stage}: <b>{n}</b>", stage=words(names.STAGES[stage]), n=len(view.photos_of(stage)))
        for stage in Stage
        if view.order.asks(stage)
    ]


def photos(words: Words, whole: Whole, files: tuple[File, ...]) -> Screen:
    number = spell_order_number(whole.order.number)
    text = words("📷 <b>Photos of the work</b> · <code>{number}</code>", number=number)
    return Screen(text, [back(words, press("ov", whole.order.id))], files=files)


def review(words: Words, whole: Whole, found: Review, files: Sequence[Kept], role: Role) -> Screen:
    text = lines(
        words("⭐ <b>Review</b> · <code>{number}</code>",
              number=spell_order_number(whole.order.number)),
        _person(words, words("Customer"), whole.view.customer.name, None),
        _person(words, words("Provider"), whole.view.provider.name, None),
        *told(found, files, words),
        words("↩️ {name}: {reply}", name=whole.view.provider.name, reply=found.reply)
        if found.reply else None,
        words("🙈 Hidden from others") if found.hidden else None,
    )  # fmt: skip
    turn = words.plain("👁 Show again") if found.hidden else words.plain("🙈 Hide")
    decide = [Button(turn, press("rhr", whole.order.id))]
    rows = [decide] if may(role=role, action="reviews.decide") else []
    return Screen(text, [*rows, back(words, press("ov", whole.order.id))], files=album(files))


def _person(words: Words, part: Markup, name: str, phone: str | None) -> Markup:
    return dotted(
        words("{part}: <b>{name}</b>", part=part, name=name), secret(phone) if phone else None
    )


def money(words: Words, whole: Whole) -> list[Markup]:
    """What it costs and how it was paid, each payment and refund."""
    one = whole.order
    told = [
        words(
            "💰 {total} · {way} · paid {paid}",
            total=words.money(one.total, one.currency), way=names.pay(one.pay, words),
            paid=words.money(one.paid + _at_door(one), one.currency),
        )
    ]  # fmt: skip
    if one.extra_total:
        extra = words.money(one.extra_total, one.currency)
        told.append(words("➕ {amount} of it was approved during the visit", amount=extra))
    if one.extra_id is not None:
        told.append(words("⏳ Extra work waits for the customer's answer"))
    told += [
        words(
            "💳 {amount} by {method}: {state}",
            amount=words.money(payment.amount, payment.currency),
            method=names.method(payment.method, words), state=words(PAYMENTS[payment.state]),
        )
        for payment in whole.payments
    ]  # fmt: skip
    told += [
        words(
            "↩️ {amount} back: {state}", amount=words.money(refund.amount, refund.currency),
            state=words(REFUNDS[refund.state]),
        )
        for refund in whole.refunds
    ]  # fmt: skip
    told += [
        words("🏦 To be given back by hand: {amount} of <code>{charge}</code>",
              amount=words.money(refund.amount, refund.currency), charge=whole.charge_of(refund))
        for refund in whole.refused
    ]  # fmt: skip
    if one.cash_stated is not None:
        told.append(cash(words, one))
    return told


def _at_door(one: Order) -> int:
    """What was paid there, once nobody doubts it."""
    return (one.cash_confirmed or 0) if one.state is State.CLOSED else 0


def cash(words: Words, one: Order) -> Markup:
    """Both sides' word about the money at the door; once it is settled what counts."""
    if one.state is State.CLOSED:
        paid = words.money(_at_door(one), one.currency)
        return words("💵 Paid at the door: {amount}", amount=paid)

    def said(amount: int | None) -> str:
        return words.plain("nothing yet") if amount is None else words.money(amount, one.currency)

    return words(
        "💵 At the door: provider says {stated}, customer says {confirmed}",
        stated=said(one.cash_stated), confirmed=said(one.cash_confirmed),
    )  # fmt: skip


# verb of the lifecycle → (action, label, button's verb, style)
_ACTS = (
    ("settle", "orders.settle", mark("⚖️ Settle"), "os", "primary"),
    ("refund", "orders.refund", mark("↩️ Money back"), "ob", ""),
    ("arrive", "orders.override", mark("🚪 Provider is there"), "xar", ""),
    ("absent", "orders.override", mark("🚪 Customer not there"), "xor", ""),
    ("missed", "orders.override", mark("🚫 Provider did not come"), "xnr", ""),
    ("start", "orders.override", mark("🔓 Start without code"), "xsr", ""),
    ("finish", "orders.override", mark("🏁 Mark as finished"), "xfr", ""),
    ("extra", "orders.override", mark("➕ Allow more extras"), "xer", ""),
    ("release", "orders.release", mark("💸 Free the earnings now"), "xlr", ""),
    ("reschedule", "orders.reschedule", mark("🗓 Move"), "om", ""),
    ("reassign", "orders.reassign", mark("🔁 Another provider"), "og", ""),
    ("cancel", "orders.cancel", mark("✖ Cancel order"), "oc", "danger"),
)


def _acts(words: Words, whole: Whole, role: Role, now: datetime) -> list[list[Button]]:
    one = whole.order
    open_now = allowed(order=one, actor=Actor.STAFF)
    if one.state in NOBODYS:
        open_now |= {"reassign"}
    if one.state in THERE and not one.extra_free:
        open_now |= {"extra"}
    if one.state is State.FINISHED and one.to_pay_on_site:
        open_now |= {"settle"}
    open_now |= _of_money(whole)
    if one.state in (State.ACCEPTED, State.ON_THE_WAY) and now >= one.starts_at:
        open_now |= {"missed"}
    acts = [
        Button(words.plain(label), _data(verb, one), style=style)  # type: ignore[arg-type]
        for step, action, label, verb, style in _ACTS
        if step in open_now and may(role=role, action=action)
    ]
    acts += _by_hand(words, whole, role) + _freezing(words, whole, role)
    more = Button(words.plain("🕒 Timeline ({n})", n=len(whole.steps)), press("ot", one.id, 0))
    fresh = Button(words.plain("↻ Refresh"), press("ov", one.id))
    shots = Button(words.plain("📷 Photos of the work"), press("op", one.id))
    thought = Button(words.plain("⭐ Review"), press("orv", one.id))
    extras = any(step.verb == "extra_ask" for step in whole.steps)
    talk = Button(words.plain("💬 Conversation ({n})", n=whole.said), press("orl", one.id, 0))
    seen = ([shots] if whole.view.photos or extras else []) + ([thought] if one.reviewed else [])
    seen += [talk] if whole.said else []
    return [*grid(acts), *([seen] if seen else []), [more, fresh]]


def _of_money(whole: Whole) -> set[str]:
    """What can be done with the money of a visit that is over."""
    there = {"refund": whole.stake.left > 0, "release": whole.held > 0}
    return {act for act, possible in there.items() if possible}


def _by_hand(words: Words, whole: Whole, role: Role) -> list[Button]:
    """One after the other where there are several."""
    if not whole.refused or not may(role=role, action="orders.refund"):
        return []
    label = words.plain("🏦 Given back by hand")
    return [Button(label, press("xhr", whole.order.id, whole.refused[0].id), style="primary")]


# The provider's state → what staff may turn it to.
_FREEZING = {
    ProviderState.APPROVED: (mark("🧊 Freeze provider"), "xzr", "people.freeze"),
    ProviderState.FROZEN: (mark("☀️ Unfreeze provider"), "xur", "people.unfreeze"),
}


def _freezing(words: Words, whole: Whole, role: Role) -> list[Button]:
    provider = whole.view.provider
    if provider.state not in _FREEZING:
        return []
    label, verb, action = _FREEZING[provider.state]
    if not may(role=role, action=action):
        return []
    return [Button(words.plain(label), press(verb, whole.order.id, provider.id))]


def _data(verb: str, one: Order) -> str:
    """What it is done with is known for some: nothing, the first page, the fee as it is shown."""
    if verb == "xor":
        return press(verb, one.id, absent_terms(order=one).fee)
    known = ("xar", "xsr", "xfr", "xer", "xnr", "xlr", "og")
    return press(verb, one.id, 0) if verb in known else press(verb, one.id)


def steps(words: Words, whole: Whole, number: int, *, now: datetime) -> Screen:
    page = Page.of(whole.steps, number, STEPS_PAGE)
    text = lines(
        words("🕒 <b>Timeline of {number}</b>", number=spell_order_number(whole.order.number)),
        Markup(""),
        *[timeline.step(words, whole, one, now=now) for one in page.items],
    )
    turns = page.turns("ot", whole.order.id)
    return Screen(text, [*turns, back(words, press("ov", whole.order.id))])
