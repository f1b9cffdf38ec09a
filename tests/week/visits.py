"""The stories of single orders: who fails whom, and how it ends."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import about, accepts, offer_of, taps_about, with_verb
from tests.e2e.staff import act, opened


@dataclass
class Job:
    """One order with its two sides and a member of the staff."""

    people: People
    staff: Person
    customer: Person
    provider: Person
    number: str


Story = Callable[[Job], Awaitable[None]]


async def silent(job: Job) -> None:
    """Nobody answers the offer."""


async def declined(job: Job) -> None:
    offer = await offer_of(job.provider, job.number)
    await job.provider.taps_stale(offer["message_id"], str(with_verb(offer, "decline")))


async def accepted(job: Job) -> None:
    """Promised, and then nothing: no word, nobody comes."""
    await accepts(job.provider, job.number)


async def called_off(job: Job) -> None:
    await accepts(job.provider, job.number)
    await opened(job.staff, job.number, "Accepted")
    await act(
        job.staff, ("Cancel order", "Cancel"), ("Free", "Why?"), ("customer asked", "Reason"),
        ("Yes, cancel", "Cancelled"),
    )  # fmt: skip


async def at_the_door(job: Job) -> None:
    """There, and never begins."""
    await accepts(job.provider, job.number)
    await taps_about(job.provider, job.number, "I'm here")
    await about(job.provider, job.number, _has("Start with code"), "the door")


async def at_work(job: Job) -> None:
    """Begins by the staff's leave, and never ends."""
    await at_the_door(job)
    await begins(job)


async def begins(job: Job) -> None:
    await opened(job.staff, job.number, "Arrived")
    await act(job.staff, ("Start without code", "Why?"), ("Too many", "without the customer's"))
    await job.staff.taps("Yes, start")
    await about(job.provider, job.number, _has("Finish"), "the way to finish")


async def unpaid(job: Job) -> None:
    """Done, and nobody names the money."""
    await at_work(job)
    for label in ("Finish", "Yes, done"):
        await taps_about(job.provider, job.number, label)


async def paid(job: Job) -> None:
    await unpaid(job)
    await taps_about(job.provider, job.number, "Received")


async def agreed(job: Job) -> None:
    """Nothing is left to do."""
    await at_work(job)
    await settles(job)


async def settles(job: Job) -> None:
    """From the work to the money that both name alike."""
    for label in ("Finish", "Yes, done", "Received"):
        await taps_about(job.provider, job.number, label)
    asked = await about(
        job.customer, job.number, lambda m: bool(with_verb(m, "ocashyes")), "the cash"
    )
    await job.customer.taps_stale(asked["message_id"], str(with_verb(asked, "ocashyes")))


async def quarrelled(job: Job) -> None:
    """The two name different amounts."""
    await paid(job)
    await job.customer.sees_button("Another amount")
    await job.customer.taps("Another amount")
    await job.customer.writes("50", answered=False)
    await job.customer.sees_button("Yes, ¥50")
    await job.customer.taps("Yes, ¥50")


async def guessed(job: Job) -> None:
    """Wrong start codes until one try is left, and then he waits."""
    await at_the_door(job)
    await taps_about(job.provider, job.number, "Start with code")
    await job.provider.sees("four digits")
    for left in (4, 3, 2, 1):
        await job.provider.writes("0000", answered=False)
        await job.provider.sees(f"{left} tr")


async def blocked(job: Job) -> None:
    """The customer blocks the bot and is never heard of again; the work is done all the same."""
    await accepts(job.provider, job.number)
    await job.customer.blocks()
    await taps_about(job.provider, job.number, "I'm here")
    await begins(job)
    for label in ("Finish", "Yes, done", "Received"):
        await taps_about(job.provider, job.number, label)


async def thought_better(job: Job) -> None:
    """The customer cancels, and what was paid goes back."""
    await job.customer.writes(job.number, answered=False)
    for label, then in (("Cancel order", "costs you nothing"), ("Yes, cancel it", "Cancelled")):
        await taps_about(job.customer, job.number, label)
        await job.customer.sees(then)


async def given_back(job: Job) -> None:
    """The provider accepts, gives it back, and somebody else is looked for."""
    await accepts(job.provider, job.number)
    await taps_about(job.provider, job.number, "Give back")
    await taps_about(job.provider, job.number, "Yes, give back")


def _has(text: str) -> Callable[[Message], bool]:
    return lambda message: text in words_of(message) or text in str(message.get("reply_markup"))
