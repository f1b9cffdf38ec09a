"""What customers are told when an order takes another way than planned: each says what happens now."""

from datetime import datetime

from bot.customer.orders.pushes import goes_back, of_order, push
from bot.customer.parts import short
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, Screen, press
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.service import OrderView
from core.services import Core


def cancelled(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """Only where somebody else cancelled."""
    order = view.order
    if order.state is not State.CANCELLED or order.cancelled_by == Actor.CUSTOMER:
        return None
    why = words("Reason: {reason}", reason=order.reason) if order.reason else None
    return push(
        order, words, words("✖️ <b>Your order was cancelled by our staff.</b>"), why,
        goes_back(order, words), rows=[_again(order, words)],
    )  # fmt: skip


def _again(order: Order, words: Words) -> list[Button]:
    return [Button(words.plain("🔁 Book again"), press("oagain", order.id), style="primary")]


def expired(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.CANCELLED:
        return None
    late = words("Your payment came after somebody else had taken the time.")
    return push(
        order, words, words("⌛ <b>The time to pay is over.</b>"),
        late if order.reason == "slot_lost" else words("Your slot is free for others again."),
        goes_back(order, words), rows=[_again(order, words)],
    )  # fmt: skip


def declined_searching(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.SEARCHING:
        return None
    return push(
        order, words,
        words("🔎 <b>{name} can't come.</b>", name=short(view.provider.name, 40)),
        words("We are finding somebody else for the same time, at no higher price. "
              "You don't need to do anything."),
    )  # fmt: skip


def provider_changed(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.OFFERED or order.version != letter.version:
        return None
    return push(
        order, words,
        words("🔁 <b>We asked {name} instead.</b>", name=short(view.provider.name, 40)),
        words("Same time, same price, same address. You'll hear from us as soon as they accept."),
    )  # fmt: skip


def no_provider(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.CANCELLED:
        return None
    others = Button(
        words.plain("👷 Other providers"), press("s", order.service_id), style="primary"
    )
    return push(
        order, words, words("😔 <b>Nobody can come at that time.</b>"),
        words("We are sorry. Another time or another provider may work."),
        goes_back(order, words), rows=[[others]],
    )  # fmt: skip


LETTERS: dict[str, Renderer] = {
    "cancelled": of_order(cancelled),
    "expired": of_order(expired),
    "declined_searching": of_order(declined_searching),
    "provider_changed": of_order(provider_changed),
    "no_provider": of_order(no_provider),
}
