"""What happens beside the orders: people apply, ask for other prices, want their money, and coupons are made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.chat import People, Person
from tests.e2e.applying import applied, working
from tests.e2e.staff import OPERATOR, OWNER, act, group, turns_to
from tests.e2e.test_booking import at_summary
from tests.e2e.test_coupons import made
from tests.e2e.test_payouts import approves, at_desk, banked, card_of, presses, says_yes, withdrawn
from tests.e2e.test_prices import asked


@dataclass
class Stage:
    """The staff, and providers with earnings of the past who have not asked for them yet."""

    people: People
    staff: Person
    earners: list[int] = field(default_factory=list)


Besides = Callable[[Stage], Awaitable[None]]


async def applies(stage: Stage) -> None:
    """And is approved with all papers."""
    await working(stage.people, stage.staff)


async def applies_in_vain(stage: Stage) -> None:
    me = await _applied(stage)
    await act(stage.staff, (me.name, "E-2231"), ("✖ Reject", "why?"),
              ("experience is not enough", "Yes, reject"), ("Yes, reject", "✖ rejected"))  # fmt: skip
    await me.sees("experience is not enough")


async def is_sent_back(stage: Stage) -> None:
    me = await _applied(stage)
    await act(stage.staff, (me.name, "E-2231"), ("✏️ Send back", "mend"), ("Photo", "✅ Photo"),
              ("Next", "Send back"), ("Send", "sent back"))  # fmt: skip
    await me.sees("Please send a clear photo of your face.")


async def waits_to_be_seen(stage: Stage) -> None:
    """Nobody looks at the application."""
    await applied(stage.people)


async def asks_for_more(stage: Stage) -> None:
    """A price outside the band, which staff approve."""
    me = await working(stage.people, stage.staff)
    await asked(me, "150")
    await _price_of(stage.staff, me, ("✅ Approve ¥150", "approved"))
    await me.sees("¥150 counts from now on")


async def asks_too_much(stage: Stage) -> None:
    me = await working(stage.people, stage.staff)
    await asked(me, "200", "stairs everywhere")
    await _price_of(stage.staff, me, ("✖ Reject", "why?"), ("far above", "rejected"))
    await me.sees("¥200 was not accepted")


async def is_paid(stage: Stage) -> None:
    """A withdrawal that one of the staff approves and sends."""
    _, number = await _withdraws(stage, "60")
    owner = await group(stage.people, OWNER)
    await approves(owner, number)
    await _sent(stage, number)


async def is_paid_by_two(stage: Stage) -> None:
    """A large one needs a second."""
    _, number = await _withdraws(stage, "150")
    owner, operator = [await group(stage.people, who) for who in (OWNER, OPERATOR)]
    await approves(owner, number)
    card = await card_of(operator, number, "🟠")
    await presses(operator, card, "wd", "a")
    await says_yes(operator, number, "a")
    await _sent(stage, number)


async def is_not_paid(stage: Stage) -> None:
    """Refused: the money is on the balance again."""
    me, number = await _withdraws(stage, "60")
    owner = await group(stage.people, OWNER)
    await presses(owner, await card_of(owner, number, "🟡"), "wd", "r")
    await owner.writes("The card was closed", topic=await owner.topic("💰"))
    await says_yes(owner, number, "r", "The card was closed")
    await me.sees("Your withdrawal didn't work.")


async def waits_for_money(stage: Stage) -> None:
    """Nobody looks at the withdrawal: staff are reminded of it."""
    await _withdraws(stage, "60")


async def gives_a_coupon(stage: Stage) -> None:
    """Staff make one, and somebody books with it."""
    code = await made(stage.staff, "满50减20，每人一次，限30张，到年底")
    person = await at_summary(stage.people)
    await act(person, ("Payment, coupon", "How would you like to pay?"), ("🎟 Coupon", "its code"))
    await person.writes(code)
    await person.sees("Coupon −¥20")
    await act(person, ("Confirm", "Pay ¥"))


async def _applied(stage: Stage) -> Person:
    """Whose application stands on the screen of the staff."""
    me = await applied(stage.people)
    await stage.staff.writes("/applications", answered=False)
    await turns_to(stage.staff, me.name)
    return me


async def _price_of(staff: Person, me: Person, *taps: tuple[str, str]) -> None:
    await staff.writes("/prices", answered=False)
    await turns_to(staff, me.name)
    await act(staff, (me.name, "¥60 → "), *taps)


async def _withdraws(stage: Stage, amount: str) -> tuple[Person, str]:
    me = await at_desk(stage.people, stage.earners.pop())
    await banked(me)
    return me, await withdrawn(me, amount)


async def _sent(stage: Stage, number: str) -> None:
    operator = await group(stage.people, OPERATOR)
    await presses(operator, await card_of(operator, number, "🔵"), "wd", "p")
    await says_yes(operator, number, "p")
    await card_of(operator, number, "🟢")


BESIDES: tuple[tuple[Besides, int], ...] = (
    (applies, 2), (applies_in_vain, 2), (is_sent_back, 2), (waits_to_be_seen, 1),
    (asks_for_more, 2), (asks_too_much, 2), (is_paid, 3), (is_paid_by_two, 2), (is_not_paid, 2),
    (waits_for_money, 1), (gives_a_coupon, 3),
)  # fmt: skip
