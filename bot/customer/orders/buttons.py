"""What a customer can do with an order, as two tables: CARD for what matters now, MORE for everything else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.customer.parts import back
from bot.i18n import Words, mark
from bot.screen import Button, Style, grid, press
from bot.when import minutes_of
from core.ids import spell_order_number
from core.orders.late import AWAITED
from core.orders.lifecycle import FINAL, PROMISED, Actor, allowed
from core.orders.model import Late, Order, State
from core.orders.service import OrderView
from core.payments.rest import rest_by_link
from core.reviews.service import reviewable
from core.series.service import REPEATABLE


def may_cancel(order: Order) -> bool:
    """Where the customer must choose, that has a way out of its own."""
    return not choosing(order) and "cancel" in allowed(order=order, actor=Actor.CUSTOMER)


def choosing(order: Order) -> bool:
    """Nobody can come at the time that was promised: the customer decides."""
    return order.state is State.CHOOSING


def late(order: Order) -> bool:
    """The provider is late, and the customer may say what to do."""
    return order.state in AWAITED and order.late == Late.TOLD


def may_replace(order: Order) -> bool:
    """Whoever is late may be waited for, but need not."""
    return order.state in AWAITED and order.running_late


def may_move(order: Order) -> bool:
    """One question at a time: while somebody asks for another time, nobody else can."""
    return order.proposal is None and "reschedule" in allowed(order=order, actor=Actor.CUSTOMER)


def asked_by(order: Order, actor: Actor) -> bool:
    return order.proposal is not None and order.proposal.by == actor


def proposed(order: Order) -> tuple[int, ...]:
    """The start a button says yes or no to: an answer is to what was shown."""
    return (minutes_of(order.proposal.start),) if order.proposal else ()


def cash_open(order: Order) -> bool:
    """The provider named what was received and waits for the customer's word."""
    return order.state is State.FINISHED and order.cash_stated is not None


def one_of_many(view: OrderView) -> bool:
    """A visit that falls away; how the others stand is a tap away."""
    return view.order.state is State.CANCELLED and view.order.series_id is not None


def may_note(view: OrderView) -> bool:
    """There is a visit to put into a calendar, or one to take out again."""
    order = view.order
    was_promised = State.ACCEPTED.value in order.reached
    return order.state in (State.ACCEPTED, State.ON_THE_WAY) or (
        order.state is State.CANCELLED and was_promised
    )


def _always(view: OrderView) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: label, verb, when it stands there, how it looks, what it carries beside the order's id (`subject`
    where it is about something else).

    Those of one row stand side by side, two by two.
    """

    label: str
    verb: str
    when: Callable[[OrderView], bool] = _always
    style: Style = ""
    ids: Callable[[Order], tuple[int, ...]] = lambda order: ()
    subject: Callable[[Order], int] = lambda order: order.id

    def button(self, order: Order, words: Words) -> Button:
        data = press(self.verb, self.subject(order), *self.ids(order))
        return Button(words.plain(self.label), data, style=self.style)


Row = tuple[Choice, ...]

CARD: tuple[Row, ...] = (
    (Choice(mark("💳 Pay now"), "pay", lambda v: v.order.state is State.UNPAID, "success"),),
    (Choice(mark("✅ That's right"), "ocashyes", lambda v: cash_open(v.order), "success"),),
    (Choice(mark("Another amount"), "ocashno", lambda v: cash_open(v.order)),),
    (Choice(mark("🕒 Other times"), "otimes", lambda v: choosing(v.order), "primary"),),
    (Choice(mark("💸 Full refund"), "oback", lambda v: choosing(v.order) and v.order.paid > 0),),
    (Choice(mark("✖ Cancel, free"), "oback", lambda v: choosing(v.order) and not v.order.paid),),
    (
        Choice(mark("⏱ Wait"), "owait", lambda v: late(v.order)),
        Choice(mark("👷 Somebody else"), "oelse", lambda v: may_replace(v.order), "primary"),
    ),
    (
        Choice(
            mark("➕ Extra work: answer"), "oextra", lambda v: v.order.extra_id is not None,
            "primary",
        ),
    ),
    (
        Choice(
            mark("💳 Pay the rest online"), "payrest",
            lambda v: bool(rest_by_link(order=v.order)), "success",
        ),
    ),
    (
        Choice(
            mark("⭐ Write a review"), "review",
            lambda v: reviewable(v.order) and not v.order.reviewed, "primary",
        ),
    ),
    (
        Choice(mark("🔁 Book again"), "oagain", lambda v: v.order.state in FINAL),
        Choice(mark("🔁 All visits"), "ser", one_of_many, subject=lambda order: order.series_id or 0),
    ),
    (
        Choice(mark("✅ Yes, move it"), "mvyes", lambda v: asked_by(v.order, Actor.PROVIDER),
               "success", ids=proposed),
        Choice(mark("🕒 Keep my time"), "mvkeep", lambda v: asked_by(v.order, Actor.PROVIDER),
               ids=proposed),
    ),
    (Choice(mark("↩️ Take it back"), "mvback",
            lambda v: asked_by(v.order, Actor.CUSTOMER)),),
    (
        Choice(mark("💬 Message"), "rtalk", lambda v: v.order.state in PROMISED),
        Choice(mark("🗓 Move"), "mv", lambda v: may_move(v.order)),
        Choice(mark("🛟 Help"), "helpo"),
        Choice(mark("✖ Cancel order"), "ocancel", lambda v: may_cancel(v.order), "danger"),
    ),
)  # fmt: skip

MORE: tuple[Row, ...] = (
    (
        Choice(mark("📜 Timeline"), "oline"),
        Choice(mark("📅 Calendar file"), "ocal", may_note),
        Choice(mark("💬 Message"), "rtalk", lambda v: v.order.state is State.CLOSED),
    ),
    (Choice(mark("🔁 Repeat"), "rpt", lambda v: v.order.state in REPEATABLE),),
    (
        Choice(
            mark("🧾 Receipts"), "orcpts",
            lambda v: bool(v.order.paid or v.order.cash_confirmed),
        ),
    ),
    (Choice(mark("📷 Photos of the work"), "ophotos", lambda v: bool(v.photos)),),
    (
        Choice(
            mark("⭐ Your review"), "review",
            lambda v: v.order.reviewed,
        ),
    ),
)  # fmt: skip


def _rows(table: Sequence[Row], view: OrderView, words: Words) -> Iterable[list[Button]]:
    for row in table:
        yield from grid([c.button(view.order, words) for c in row if c.when(view)])


def on_card(view: OrderView, words: Words) -> list[list[Button]]:
    more = Button(words.plain("⋯ More"), press("omore", view.order.id))
    away = back(words, press("orders", 0), words.plain("‹ My orders"))
    return [*_rows(CARD, view, words), [more, away]]


def below_more(view: OrderView, words: Words) -> list[list[Button]]:
    order = view.order
    copy = Button(words.plain("📋 Copy number"), copy=spell_order_number(order.number))
    return [*_rows(MORE, view, words), [copy], [back(words, press("order", order.id))]]
