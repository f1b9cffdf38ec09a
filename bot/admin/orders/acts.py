"""What staff do to an order, each with a reason and a confirmation: cancel, hand on, override, settle.

An act is one row of `ACTS`; the way to it (why? sure?) is the same for all and made by `rows`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.admin.orders import act_screens
from bot.admin.orders.back import Back
from bot.admin.orders.find import show
from bot.admin.orders.whole import Whole, whole
from bot.admin.parts import acting, below, me
from bot.admin.registry import Row, Say, Tap
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import all_languages, mark
from bot.screen import Screen
from bot.when import instant
from core.errors import NotAllowedNow
from core.ids import spell_order_number
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.terms import cancel_terms
from core.people.model import Provider

# Moved for the customer's sake it counts as the customer's own move; see core.orders.moving.
WISHED = mark("The customer asked for it")
OWN_WORDS = 99
OF_PROVIDERS = ("xz", "xu")
"""The number of the reason that was typed."""

Run = Callable[[Talk, int, int, str], Awaitable[object]]


@dataclass(frozen=True)
class Act:
    """`choice` of a button is what the act is done with: a fee or none, a provider, an amount, a refund."""

    code: str
    action: str
    title: str
    reasons: tuple[str, ...]
    run: Run
    tells_customer: bool = False
    ask: str = mark("Why? Tap a reason or type your own.")


async def _cancel(talk: Talk, order_id: int, with_fee: int, reason: str) -> None:
    view = await talk.core.orders.view(order_id=order_id)
    terms = cancel_terms(order=view.order, now=talk.now)
    await talk.core.orders.cancel(
        order_id=order_id, by=By(Actor.STAFF, (await me(talk)).id), now=talk.now, reason=reason,
        fee=terms.fee if with_fee else 0,
    )  # fmt: skip


async def _hand_on(talk: Talk, order_id: int, provider_id: int, reason: str) -> None:
    staff_id, to = (await me(talk)).id, talk.core.reassigning
    if provider_id:
        await to.to(
            order_id=order_id, provider_id=provider_id, staff_id=staff_id, reason=reason,
            now=talk.now,
        )  # fmt: skip
    else:
        await to.automatically(order_id=order_id, staff_id=staff_id, reason=reason, now=talk.now)


async def _move(talk: Talk, order_id: int, minutes: int, reason: str) -> None:
    await talk.core.moving.override(
        order_id=order_id, staff_id=(await me(talk)).id, start=instant(minutes), reason=reason,
        now=talk.now, wished=reason in all_languages(WISHED),
    )  # fmt: skip


async def _freeze(talk: Talk, _order_id: int, provider_id: int, reason: str) -> None:
    await talk.core.freezing.freeze(
        provider_id=provider_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _unfreeze(talk: Talk, _order_id: int, provider_id: int, _reason: str) -> None:
    await talk.core.freezing.unfreeze(
        provider_id=provider_id, staff_id=(await me(talk)).id, now=talk.now
    )


async def _start(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.jobs.override_start(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _arrive(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.jobs.override_arrive(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _finish(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.jobs.override_finish(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _customer_absent(talk: Talk, order_id: int, fee: int, reason: str) -> None:
    await talk.core.absent.override(
        order_id=order_id, staff_id=(await me(talk)).id, shown=fee, reason=reason, now=talk.now
    )


async def _provider_absent(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.reassigning.did_not_come(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _release(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.releasing.early(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _allow_extra(talk: Talk, order_id: int, _choice: int, reason: str) -> None:
    await talk.core.extras.allow(
        order_id=order_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
    )


async def _settle(talk: Talk, order_id: int, amount: int, reason: str) -> None:
    await talk.core.cash.settle(
        order_id=order_id, amount=amount, staff_id=(await me(talk)).id, reason=reason,
        now=talk.now,
    )  # fmt: skip


async def _refund(talk: Talk, order_id: int, choice: int, reason: str) -> None:
    back = Back.of(choice)
    await talk.core.refunds.refund(
        order_id=order_id, amount=back.amount, by_provider=back.by_provider, before=back.before,
        staff_id=(await me(talk)).id, reason=reason, now=talk.now,
    )  # fmt: skip


async def _given(talk: Talk, _order_id: int, refund_id: int, reference: str) -> None:
    await talk.core.payments.given_by_hand(
        refund_id=refund_id, reference=reference, staff_id=(await me(talk)).id, now=talk.now
    )


ACTS = (
    Act("xc", "orders.cancel", mark("Cancel the order"), (
        mark("The customer asked for it"), mark("The provider can't come"),
        mark("Booked by mistake"), mark("Booked twice"),
    ), _cancel, tells_customer=True),
    Act("xt", "orders.reschedule", mark("Move to another time"), (
        WISHED, mark("The provider asked for it"), mark("Both sides agree now"),
    ), _move, tells_customer=True),
    Act("xg", "orders.reassign", mark("Another provider"), (
        mark("The provider asked for it"), mark("The provider doesn't answer"),
        mark("The customer asked for it"), mark("The provider is late"),
    ), _hand_on),
    Act("xb", "orders.refund", mark("Money back"), (
        mark("The work was not as agreed."), mark("They came too late."),
        mark("Agreed with the customer."),
    ), _refund, tells_customer=True),
    Act("xh", "orders.refund", mark("Given back by hand"), (), _given,
        ask=mark("How was it given back? Type the number of the refund at the payment company, or of "
                 "the transfer, and why it went that way.")),
    Act("xz", "people.freeze", mark("Freeze the provider"), (
        mark("Doesn't come to visits"), mark("Serious complaints"), mark("Papers in doubt"),
    ), _freeze),
    Act("xu", "people.unfreeze", mark("Unfreeze the provider"), (
        mark("It is cleared up"), mark("Frozen by mistake"),
    ), _unfreeze),
    Act("xs", "orders.override", mark("Start without the code"), (
        mark("The customer can't find the code"), mark("The customer confirmed by phone"),
        mark("Too many wrong codes"), mark("The provider can't send photos"),
    ), _start),
    Act("xa", "orders.override", mark("The provider is there"), (
        mark("The provider's phone is off"), mark("The customer confirmed by phone"),
    ), _arrive),
    Act("xf", "orders.override", mark("Finish for the provider"), (
        mark("The provider can't send photos"), mark("The provider's phone is off"),
        mark("The customer confirmed by phone"),
    ), _finish),
    Act("xo", "orders.override", mark("The customer was not there"), (
        mark("The provider waited and called"), mark("The customer said so"),
    ), _customer_absent),
    Act("xn", "orders.override", mark("The provider did not come"), (
        mark("The provider did not come. We are sorry."),
        mark("The provider can't be reached. We are sorry."),
    ), _provider_absent, tells_customer=True),
    Act("xl", "orders.release", mark("Free the earnings now"), (
        mark("The customer confirmed that all is well"), mark("The provider needs the money now"),
    ), _release),
    Act("xe", "orders.override", mark("Allow larger extra work"), (
        mark("The customer asked for it"), mark("The customer confirmed by phone"),
        mark("The photos show it"),
    ), _allow_extra),
    Act("xm", "orders.settle", mark("Settle the cash"), (
        mark("Both sides agree now"), mark("A receipt shows it"), mark("Decided after a call"),
    ), _settle, tells_customer=True),
)  # fmt: skip


def rows() -> tuple[Row, ...]:
    return tuple(row for act in ACTS for row in _rows(act))


def _rows(act: Act) -> tuple[Row, ...]:
    """Why (with ready answers or own words), then are you sure, then done."""

    async def why(talk: Talk, order_id: int, choice: int) -> Screen:
        talk.expect(act.code, order=order_id, choice=choice)
        return act_screens.why(
            talk.words, act.code, (act.title, act.ask), act.reasons, order_id, choice
        )

    async def said(talk: Talk) -> Screen:
        memory, reason = talk.memory, " ".join(talk.incoming.text.split())[:200]
        order_id, choice = int(memory["order"]), int(memory["choice"])
        if not reason:
            return await why(talk, order_id, choice)
        talk.expect(act.code, order=order_id, choice=choice, reason=reason)
        return await sure(talk, order_id, choice, OWN_WORDS)

    async def sure(talk: Talk, order_id: int, choice: int, number: int) -> Screen:
        reason = _reason(talk, act, order_id, number)
        if not reason:
            return await why(talk, order_id, choice)
        one = await whole(talk.core, order_id=order_id, now=talk.now)
        name = await _provider_name(talk, act, choice)
        return act_screens.sure(
            talk.words, act.code, act.title, one, choice, number, reason, name, now=talk.now
        )

    async def done(talk: Talk, order_id: int, choice: int, number: int) -> Screen:
        reason = _reason(talk, act, order_id, number)
        if not reason:
            return await why(talk, order_id, choice)
        one = await whole(talk.core, order_id=order_id, now=talk.now)
        kept = _told(talk, act, one, reason)
        subject = spell_order_number(one.order.number)
        whom = one.view.provider.person_id if act.code in OF_PROVIDERS else None
        said = talk.words.plain("Done.")
        try:
            async with acting(talk, act.action, subject=subject, reason=reason, person_id=whom):
                await act.run(talk, order_id, choice, kept)
        except NotAllowedNow as error:
            said = sentence(error, talk.words)
        talk.rest()
        talk.toast(said)
        return await show(talk, order_id)

    return (
        Tap(f"{act.code}n", act.action, below(why)),
        Tap(f"{act.code}r", act.action, why),
        Tap(f"{act.code}s", act.action, sure),
        Tap(f"{act.code}y", act.action, done, grave=True),
        Say(act.code, act.action, said),
    )


def _reason(talk: Talk, act: Act, order_id: int, number: int) -> str:
    """The ready reason of the button, or the words typed for this very order."""
    if 0 <= number < len(act.reasons):
        return act.reasons[number]
    mine = talk.memory.get("order") == order_id
    return str(talk.memory.get("reason") or "") if mine else ""


def _told(talk: Talk, act: Act, one: Whole, reason: str) -> str:
    """What the customer will read is kept in the customer's language."""
    customer = one.view.customer
    if not act.tells_customer:
        return reason
    return talk.words.of(language=customer.language, code=customer.language_code).known(reason)


async def _provider_name(talk: Talk, act: Act, choice: int) -> str:
    if act.code not in ("xg", "xz", "xu") or not choice:
        return ""
    found = await talk.core.store.get(Provider, id=choice)
    return found.name if found else ""
