"""Odd messages in the middle of a review: each is answered, and what was begun stays."""

import pytest

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import welcomed
from tests.e2e.test_robust_reviews import closed
from tests.e2e.test_robust_words import ANYTHING, Sends, answers
from tests.e2e.watching import watched
from tests.films import film

NO_WORDS = ("sticker", "round video", "poll", "contact", "unseen")
ODD: dict[str, Sends] = {name: ANYTHING[name] for name in NO_WORDS} | {
    "emoji": lambda p: p.writes("🙃🙃🙃", answered=False),
    "right to left": lambda p: p.writes("مرحبا ٣", answered=False),
    "film": lambda p: p.sends_photos(film(), kind="video", answered=False),
}


@pytest.mark.feature("X3", "C18")
async def test_a_review_under_way_survives_odd_messages(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Odd Reviewer")
        order = await closed(people, watch, customer)
        await customer.press("review", then="rstar")
        message, _ = await customer.offered("rstar")
        for dimension in ("quality", "attitude", "skill"):
            await customer.person.taps_stale(message, f"rstar:{order}:{dimension}:4")
        for what, send in ODD.items():
            await answers(customer, f"{what} in the review", send)
        await customer.person.writes("/weather@some_other_bot", answered=False)
        await customer.person.sees("I don't know this command")
        await customer.person.writes("Well done", answered=False)
        await customer.press("rpublish")
        [(stars, text)] = watch.rows("SELECT quality, text FROM review WHERE order_id = ?", order)
        assert (stars, text) == (4, "Well done")
