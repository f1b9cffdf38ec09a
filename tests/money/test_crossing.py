"""Notes, answers, extra lines, reviews, names: whatever one side writes, no contact data reaches the other."""

import pytest

from core.orders.model import Order, Pay
from core.orders.offers import first_name
from core.pricing import Line
from core.reviews.model import Review
from core.reviews.service import Scores, short_name
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C21")

# What is written → the canary in it that nobody may see.
CANARIES = {
    "call 138 0013 8000": "8000",
    "加我微信 canary_99": "canary_99",
    "一三八零零一三八零零零": "零零零",
    "see t.me/canary_99": "canary_99",
    "mail canary@example.com": "example",
}


@pytest.mark.parametrize(("said", "canary"), CANARIES.items())
async def test_notes_answers_lines_and_reviews_cross_without_it(
    here: House, said: str, canary: str
) -> None:
    [lin] = await here.opens()
    assert here.customer is not None
    customer = here.customer.id
    await here.wants(here.customer, lin, START, pay=Pay.ON_SITE)
    await here.core.bookings.fill(
        customer_id=customer, now=here.now, notes=f"dog at home, {said}", answers={"kind": said}
    )
    here.order = await here.place(customer)
    offer = await here.core.offers.offer(order_id=here.order.id, person_id=lin.person_id)
    assert offer.notes.startswith("dog at home")
    assert canary not in f"{offer.notes} {offer.tasks}"

    await here.at_work()
    who = {"order_id": here.order.id, "person_id": lin.person_id, "now": here.now}
    desk = await here.core.drafts.add(lines=[Line({"en": f"pipe, {said}"}, 1, 5_000)], **who)  # type: ignore[arg-type]
    assert str(desk.extra.lines[0]["names"]["en"]).startswith("pipe")
    assert canary not in str(desk.extra.lines)

    await here.finishes()
    written = {"order_id": here.order.id, "customer_id": customer, "files": [], "now": here.now}
    for text in (f"fine, {said}", f"very fine, {said}"):
        await here.core.reviews.write(scores=Scores(5, 5, 5), text=text, **written)  # type: ignore[arg-type]
        [review] = await here.built.store.find(Review)
        assert "fine" in review.text
        assert canary not in review.text
    kept = await here.built.store.get(Order, id=here.order.id)
    assert kept is not None
    assert kept.detail == "Door 1", "where to come is told as it was written"


@pytest.mark.parametrize("name", ["13800138000", "13800138000 Ann", "@canary_99"])
def test_a_name_that_is_a_number_is_no_way_round(name: str) -> None:
    for shown in (first_name(name=name), short_name(name=name)):
        assert "138" not in shown
        assert "canary" not in shown
