"""Complaints about a visit that was paid, and what staff give for them."""

import re

from tests.chat import Person, words_of
from tests.e2e.journey import with_verb
from tests.e2e.staff import act, turns_to
from tests.week.visits import Job, agreed


async def solved(job: Job) -> None:
    await _ends(
        job, ("✅ Solved", "own words"), ("glad it is", "solved?"), ("Yes, close", "closed")
    )


async def comforted(job: Job) -> None:
    await _ends(
        job, ("🎁 Voucher", "How much?"), ("¥20", "Who bears it?"), ("The platform", "own words"),
        ("for your trouble", "for the trouble?"), ("Yes, give it", "closed"),
    )  # fmt: skip


async def once_more(job: Job) -> None:
    """The same visit again, for nothing: it has its own life then, and nobody comes."""
    await _ends(
        job, ("🔁 Once more", "Who bears it?"), ("The provider", "own words"),
        ("not as agreed", "once more, free?"), ("Yes, once more", "closed"),
    )  # fmt: skip


async def repaid(job: Job) -> None:
    """Money back, where some of it came by card; who paid at the door is given a voucher."""
    await _ends(
        job, ("↩️ Money back", "How much?"), ("¥", "Who bears it?"), ("The provider", "own words"),
        ("came too late", "goes back to the customer"), ("Yes, money back", "closed"),
    )  # fmt: skip


async def left_open(job: Job) -> None:
    """Nobody answers: the clock of complaints calls others."""
    await _complaint(job)


async def _ends(job: Job, *taps: tuple[str, str]) -> None:
    number, staff = await _complaint(job), job.staff
    await turns_to(staff, f"🎫 {number}")
    await staff.taps(f"🎫 {number}")
    card = await staff.sees_where(
        lambda m: number in words_of(m) and with_verb(m, "tc") is not None, what="its card"
    )
    await staff.taps_stale(card["message_id"], str(with_verb(card, "tc")))
    await staff.sees_where(lambda m: "what came of it?" in words_of(m), what="the outcomes")
    await act(staff, *taps)
    await job.customer.sees("Outcome: ")


async def _complaint(job: Job) -> str:
    """Its number, once it stands on the list of the staff."""
    await agreed(job)
    anna = job.customer
    await anna.writes("/help", answered=False)
    await act(
        anna,
        ("Complaint or idea", "It gets a number"),
        ("A complaint", "📎"),
        ("📎", "About order"),
    )
    await anna.writes("It leaks again", answered=False)
    number = _number(await _told(anna))
    await job.staff.writes("/tickets", answered=False)
    await job.staff.sees("Open questions")
    return number


async def _told(anna: Person) -> str:
    return words_of(await anna.sees("Your complaint is T"))


def _number(text: str) -> str:
    found = re.search(r"Your complaint is (T[\w-]*\w)", text)
    assert found, text
    return found[1]
