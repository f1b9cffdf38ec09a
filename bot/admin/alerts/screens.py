"""How alerts look: the card with its buttons, the list by waiting time, the choice of a kind, what remains. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.alerts.names import BARRED, DOUBTS, EXPLAINED, GROUPS, MENDED, NAMES, SIGNS
from bot.admin.deciding.screens import in_hand, queue
from bot.admin.orders import screens as orders
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.alerts.model import OF_ORDERS, Alert, Fate, Kind
from core.alerts.service import Raised
from core.ids import spell_order_number
from core.orders.doubts import doubt
from core.orders.model import State
from core.orders.service import OrderView
from core.taking.model import Taking

PAGE = 6
NOBODY_LEFT = mark(
    "Nobody could come then; the customer was asked for another time or the money back."
    " Please call, or ask somebody yourself."
)
NOT_BEGUN = mark("At the door, and work hasn't begun. Please call both.")
EMPTY = mark("Everything is as it should be. 🎉")


def title(words: Words, one: Raised) -> Markup:
    if one.alert.kind is Kind.DISPUTED and one.order is not None:
        return words(DOUBTS[doubt(order=one.order)])
    return words(NAMES[one.alert.kind].title)


def text(
    words: Words, one: Raised, view: OrderView | None, taking: Taking | None, *, now: datetime
) -> Markup:
    """`view` is that of the order, where it is about one."""
    advice = _advice(one)
    return lines(
        title(words, one),
        orders.line(words, view, now=now) if view else people(words, one),
        *(_money(words, view) if view and one.alert.kind is Kind.DISPUTED else []),
        *([] if view else _facts(words, one.alert)),
        words(advice) if advice else None,
        dotted(
            words("since {time}", time=words.lasting(one.alert.since)), in_hand(words, taking),
        ),
    )  # fmt: skip


def _advice(one: Raised) -> str:
    if one.alert.kind is Kind.UNFINISHED and not _at_work(one):
        return NOT_BEGUN
    if one.alert.kind is Kind.UNACCEPTED and one.order and one.order.state is State.CHOOSING:
        return NOBODY_LEFT
    return NAMES[one.alert.kind].advice


def people(words: Words, one: Raised) -> Markup:
    """Whom it is about."""
    return dotted(
        words("Customer: <b>{name}</b>", name=one.customer.name) if one.customer else None,
        words("Provider: <b>{name}</b>", name=one.provider.name) if one.provider else None,
    )


def _money(words: Words, view: OrderView) -> list[Markup]:
    due = words.money(view.order.to_pay_on_site, view.order.currency)
    return [orders.cash(words, view.order), words("To pay at the door: {money}", money=due)]


def _facts(words: Words, alert: Alert) -> list[Markup]:
    """The figures it was found by."""
    facts = alert.facts
    n, of = int(facts.get("n", 0)), int(facts.get("of", 0))
    match alert.kind:
        case Kind.CUSTOMER_CANCELS:
            return [words("Cancelled late or did not open: {n} of {of} visits", n=n, of=of)]
        case Kind.PROVIDER_CANCELS:
            return [words("Given back or not come: {n} of {of} visits promised", n=n, of=of)]
        case Kind.SAME_PERSON:
            signs = [words.plain(SIGNS[sign]) for sign in facts.get("signs", ())]
            return [
                words("Alike: {signs}", signs=words.plain(", ").join(signs)),
                words.plural("{n} order between them", "{n} orders between them", n),
            ]
        case Kind.EACH_OTHER if facts.get("mutual"):
            return [words("{n} visits to and fro, and none with others", n=n)]
        case Kind.EACH_OTHER:
            ordered = int(facts.get("ordered", n))
            return [
                words("{n} of {ordered} visits of the customer, {n} of {of} of the provider", n=n,
                      ordered=ordered, of=of)
            ]  # fmt: skip
        case _:
            who = words.plain_plural("{n} customer", "{n} customers", int(facts.get("people", 0)))
            return [
                words("{n} of {of} reviews: full stars for visits that were over almost at once, "
                      "by {who} who ordered of nobody else", n=n, of=of, who=who)
            ]  # fmt: skip


def acts(words: Words, one: Raised) -> list[list[Button]]:
    """What puts it right; a button of a shared card answers with a message of its own."""
    order, rows = one.order, []
    if order is not None and one.alert.kind in OF_ORDERS:
        rows.append([Button(words.plain("Open"), press("on", order.id)), *_special(words, one)])
        rows.append(_calls(words, one))
    else:
        rows.append(_whom(words, one))
    return rows


def _special(words: Words, one: Raised) -> list[Button]:
    order_id = one.alert.order_id or 0
    match one.alert.kind:
        case Kind.DISPUTED:
            return [Button(words.plain("⚖️ Settle"), press("osn", order_id), style="primary")]
        case Kind.UNACCEPTED | Kind.UNCONTACTED | Kind.LATE:
            return [Button(words.plain("🔁 Another provider"), press("ogn", order_id, 0))]
        case Kind.UNFINISHED if _at_work(one):
            return [Button(words.plain("🏁 Finish"), press("xfn", order_id, 0))]
        case Kind.UNFINISHED:
            return [Button(words.plain("🔓 Start without code"), press("xsn", order_id, 0))]
    return []


def _at_work(one: Raised) -> bool:
    return one.order is not None and one.order.state is State.WORKING


def _calls(words: Words, one: Raised) -> list[Button]:
    """Telephone and address open only to whoever taps."""
    sides = (
        (words.plain("📞 Customer"), one.customer.id if one.customer else 0),
        (words.plain("📞 Provider"), one.provider.person_id if one.provider else 0),
    )
    return [Button(label, press("uan", person)) for label, person in sides if person]


def _whom(words: Words, one: Raised) -> list[Button]:
    """Their cards: write to them, see their orders, freeze them."""
    sides = (
        (one.customer.name, one.customer.id) if one.customer else ("", 0),
        (one.provider.name, one.provider.person_id) if one.provider else ("", 0),
    )
    return [
        Button(short(f"👤 {name or '–'}", 24), press("uvn", person))
        for name, person in sides if person
    ]  # fmt: skip


def remains(words: Words, alert: Alert, name: str) -> Markup:
    """Why there is nothing to do any more; `name` is whoever explained it."""
    if alert.fate is Fate.EXPLAINED:
        said = words(EXPLAINED, reason=words.known(alert.reason))
        when = words.lasting(alert.ended_at) if alert.ended_at else None
        return dotted(said, name, when)
    return words(BARRED) if alert.fate is Fate.BARRED else words(MENDED)


def ended(words: Words, one: Raised) -> Markup:
    was = words(NAMES[one.alert.kind].was)
    number = spell_order_number(one.order.number) if one.order else None
    head = dotted(was, number) if number else dotted(was, people(words, one))
    return lines(head, Markup("✅ {}").format(remains(words, one.alert, "")))


def ask_why(words: Words, one: Raised) -> Markup:
    return lines(title(words, one), words("Why is it all right?"))


def listed(
    words: Words, every: Sequence[Raised], group: int, number: int, *, now: datetime
) -> Screen:
    """Open ones, the longest waiting first."""
    page = Page.of(every, number, PAGE)
    told = [
        dotted(
            Markup("{} <b>{}</b>").format(NAMES[one.alert.kind].sign, _called(words, one)),
            words(NAMES[one.alert.kind].short), words.moment(one.alert.since, now=now),
        )
        for one in page.items
    ]  # fmt: skip
    buttons = [
        Button(short(f"{NAMES[one.alert.kind].sign} {_called(words, one)}", 30),
               press("arv", one.alert.id))
        for one in page.items
    ]  # fmt: skip
    head = words("🚨 <b>Open alerts: {n}</b>", n=len(every))
    label, _ = GROUPS[group]
    if group:
        head = dotted(head, words(label))
    screen = queue(words, head, EMPTY, page, told, (), "arl")
    kinds = Button(words.plain("By kind ▾"), press("ark"))
    return Screen(screen.text, [*grid(buttons), *page.turns("arl", group), [kinds]])


def _called(words: Words, one: Raised) -> str:
    if one.order is not None:
        return spell_order_number(one.order.number)
    names = [one.customer.name if one.customer else "", one.provider.name if one.provider else ""]
    return " – ".join(name for name in names if name) or "–"


def kinds(words: Words, counts: Counter[Kind]) -> Screen:
    buttons = []
    for number, (label, some) in enumerate(GROUPS):
        n = sum(counts[kind] for kind in some or Kind)
        if n or not number:
            buttons.append(Button(f"{words.plain(label)} ({n})", press("arl", number, 0)))
    return Screen(
        words("🚨 <b>Which alerts?</b>"), [*grid(buttons), back(words, press("arl", 0, 0))]
    )
