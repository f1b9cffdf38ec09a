"""A review is taken down and shown again over HTTP: asked twice, told to both sides, stars along with it."""

import pytest

from tests.chat import words_of
from tests.e2e.staff import act, colleague, opened
from tests.e2e.test_reviews import Done, done

__all__ = ["done"]

pytestmark = pytest.mark.feature("A15")


async def test_a_review_is_hidden_with_a_reason_listed_and_shown_again(done: Done) -> None:
    staff = await colleague(done.people, "support")
    await done.opens()
    await done.rates()
    await done.anna.taps("✅ Publish")
    stars = (
        "SELECT rating_count FROM provider p JOIN orders o ON o.provider_id = p.id WHERE o.id = ?"
    )
    [(before,)] = done.platform.rows(stars, done.order)
    await opened(staff, done.number, "")
    await act(
        staff, ("⭐ Review", "🙈 Hide"), ("🙈 Hide", "Why?"), ("Not about this work", "are told")
    )
    assert done.platform.rows(stars, done.order) == [(before,)], "asked again first"
    await act(staff, ("Yes, hide", "🙈 hidden"))
    assert done.platform.rows(stars, done.order) == [(before - 1,)]
    await done.anna.sees("is no longer shown")
    await done.provider.sees_where(
        lambda m: "A review of you is hidden" in words_of(m) or "已隐藏" in words_of(m),
        what="the provider's news",
    )
    await staff.writes("/reviews", answered=False)
    await staff.sees("Reported reviews")
    await act(staff, ("🙈 Hidden reviews", done.number), (done.number, "👁 Show again"),
              ("👁 Show again", "Why?"))  # fmt: skip
    await staff.writes("I looked <again>", answered=False)
    await staff.sees("I looked <again>")
    await act(staff, ("Yes, show again", "shown to everybody"))
    assert done.platform.rows(stars, done.order) == [(before,)]
    await done.anna.sees("is shown again")
    log = "SELECT name, reason FROM staff_act WHERE action = 'reviews.decide' AND reason LIKE ?"
    assert done.platform.rows(log, "I looked%") == [(staff.name, "I looked <again>")]
