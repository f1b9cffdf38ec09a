"""Extra work found at the door: the customer approves it, refuses it, or says nothing."""

from tests.chat import Message
from tests.e2e.journey import about, taps_about, with_verb
from tests.e2e.test_booking import jpeg
from tests.week.visits import Job, at_the_door, begins, settles


async def approved(job: Job) -> None:
    await _decides(job, "Approve +¥160", "You approved ¥160")
    await begins(job)
    await settles(job)


async def refused(job: Job) -> None:
    """The visit goes on at the old price."""
    await _decides(job, "Refuse", "You refused the extra work")
    await begins(job)
    await settles(job)


async def unanswered(job: Job) -> None:
    """The customer says nothing: the work is ended without it."""
    await at_the_door(job)
    await _proposed(job)


async def _decides(job: Job, label: str, then: str) -> None:
    await at_the_door(job)
    await _proposed(job)
    await job.customer.taps(label, on=await _asked(job))
    await job.customer.sees(then)


async def _proposed(job: Job) -> None:
    provider = job.provider
    await taps_about(provider, job.number, "➕ Extra work or parts")
    await provider.writes("capacitor 80 x2")
    await provider.sees("1. capacitor ×2 — ¥160")
    await provider.sends_photos(jpeg())
    await provider.sees_where(lambda m: "(1)" in str(m.get("reply_markup", "")), what="the photo")
    for label, then in (("📝 Reason", "Worn-out part"), ("Worn-out part", "Ask the customer")):
        await provider.taps(label)
        await provider.sees_button(then)
    await provider.taps("Ask the customer")
    await provider.sees("The customer is asked")


async def _asked(job: Job) -> Message:
    def there(message: Message) -> bool:
        return with_verb(message, "xyes") is not None or "Approve +¥160" in str(message)

    return await about(job.customer, job.number, there, "what is proposed")
