"""A review is written once per finished order, moves the provider's sums, and can be changed for two days."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Update
from core.errors import AlreadyDone, Invalid, NotAllowedNow, Unknown
from core.orders.model import Order, State
from core.people.model import Person, Provider, ProviderState
from core.reviews.model import Review
from core.reviews.service import Scores, short_name
from tests.builders import NOW, Town, town

START = NOW + timedelta(hours=3)
GOOD = {"scores": Scores(5, 5, 5), "text": "", "files": [], "now": NOW}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


async def finished(place: Town) -> tuple[Order, Provider]:
    service = await place.service()
    provider = await place.provider(service=service)
    order = await place.order(
        customer=await place.person("Ann Lee"), service=service, provider=provider, start=START
    )
    return await place.done(order, provider), provider


@pytest.mark.feature("C18")
async def test_a_review_moves_the_sums_of_the_provider_and_is_shown_at_once(place: Town) -> None:
    order, provider = await finished(place)
    await place.reviews.write(
        order_id=order.id, customer_id=order.customer_id, scores=Scores(5, 4, 3), text=" fine ",
        files=[], now=NOW,
    )  # fmt: skip
    after = await place.store.get(Provider, id=provider.id)
    assert after is not None
    assert (after.rating_count, after.rating) == (1, 4.0)
    [shown] = await place.store.find(Review, provider_id=provider.id, hidden=False)
    assert (shown.text, shown.author) == ("fine", "Ann L.")
    reread = await place.store.get(Order, id=order.id)
    assert reread is not None
    assert reread.reviewed


@pytest.mark.feature("C18")
async def test_writing_again_changes_the_one_review(place: Town) -> None:
    order, provider = await finished(place)
    told = {"order_id": order.id, "customer_id": order.customer_id, "text": "", "files": []}
    await place.reviews.write(scores=Scores(5, 5, 5), now=NOW, **told)
    await place.reviews.write(scores=Scores(2, 5, 1), now=NOW + timedelta(hours=47), **told)
    after = await place.store.get(Provider, id=provider.id)
    assert after is not None
    sums = (after.quality_sum, after.attitude_sum, after.skill_sum)
    assert (after.rating_count, sums) == (1, (2, 5, 1))
    with pytest.raises(NotAllowedNow):
        await place.reviews.write(scores=Scores(3, 3, 3), now=NOW + timedelta(hours=48), **told)


async def test_two_first_reviews_at_once_count_once(place: Town) -> None:
    order, provider = await finished(place)
    told = {"order_id": order.id, "customer_id": order.customer_id, "text": "", "files": []}
    write, original = place.reviews.write, place.reviews.of_order

    async def rival_first(*, order_id: int) -> None:
        place.reviews.of_order = original  # type: ignore[method-assign]
        await write(scores=Scores(1, 1, 1), now=NOW, **told)

    place.reviews.of_order = rival_first  # type: ignore[assignment]
    with pytest.raises(AlreadyDone):
        await write(scores=Scores(5, 5, 5), now=NOW, **told)
    after = await place.store.get(Provider, id=provider.id)
    assert after is not None
    assert (after.rating_count, after.quality_sum) == (1, 1)


async def test_strangers_unfinished_orders_and_nonsense_are_refused(place: Town) -> None:
    order, _ = await finished(place)
    stranger = await place.person("Bob")
    good = {"scores": Scores(5, 5, 5), "text": "", "files": [], "now": NOW}
    with pytest.raises(Unknown):
        await place.reviews.write(order_id=order.id, customer_id=stranger.id, **good)
    for bad in ({"scores": Scores(0, 5, 5)}, {"files": list(range(11))}):
        with pytest.raises(Invalid):
            await place.reviews.write(
                order_id=order.id, customer_id=order.customer_id, **(good | bad)
            )


async def test_nobody_reviews_their_own_work_not_even_under_another_account(place: Town) -> None:
    order, provider = await finished(place)
    same = [
        Update(Person, id, {"phone": "13800138000"})
        for id in (order.customer_id, provider.person_id)
    ]
    await place.store.apply(Changes().add(*same))
    with pytest.raises(Invalid, match="own_work"):
        await place.reviews.write(order_id=order.id, customer_id=order.customer_id, **GOOD)


@pytest.mark.parametrize(("back", "may"), [(0, True), (5000, True), (12000, False)])
async def test_what_was_all_paid_back_is_not_reviewed(place: Town, back: int, may: bool) -> None:
    order, _ = await finished(place)
    money = {"state": State.CLOSED, "cash_confirmed": 12000, "refund_due": back}
    await place.store.apply(Changes().add(Update(Order, order.id, money)))
    write = place.reviews.write(order_id=order.id, customer_id=order.customer_id, **GOOD)
    if may:
        assert await write
        return
    with pytest.raises(NotAllowedNow):
        await write


async def test_a_hidden_review_stays_as_staff_found_it(place: Town) -> None:
    order, _ = await finished(place)
    told = {"order_id": order.id, "customer_id": order.customer_id}
    review = await place.reviews.write(**told, **GOOD)
    await place.store.apply(Changes().add(Update(Review, review.id, {"hidden": True})))
    with pytest.raises(NotAllowedNow):
        await place.reviews.write(**told, **GOOD)


@pytest.mark.feature("C5")
async def test_others_read_page_by_page_and_neither_hidden_ones_nor_of_who_is_frozen(
    place: Town,
) -> None:
    ann, service = await place.person("Ann Lee"), await place.service()
    provider = await place.provider(service=service)
    who = {"customer": ann, "service": service, "provider": provider}
    orders = [await place.order(**who, start=START + timedelta(days=n)) for n in range(5)]
    written = [
        Review(id=place.new_id(), order_id=order.id, provider_id=provider.id, customer_id=ann.id,
               service_id=service.id, quality=5, attitude=5, skill=5, text=str(n), hidden=n == 2,
               created_at=NOW + timedelta(hours=n))
        for n, order in enumerate(orders, start=1)
    ]  # fmt: skip
    await place.keep(*written)

    async def texts(page: int) -> list[str]:
        found = await place.reviews.of_provider(provider_id=provider.id, page=page)
        assert found.pages == 2
        return [review.text for review in found.items]

    assert [await texts(0), await texts(1), await texts(9)] == [["5", "4", "3"], ["1"], ["1"]]
    assert (await place.reviews.shown(review_id=written[0].id)).text == "1"
    with pytest.raises(Unknown):
        await place.reviews.shown(review_id=written[1].id)
    await place.store.apply(
        Changes().add(Update(Provider, provider.id, {"state": ProviderState.FROZEN}))
    )
    with pytest.raises(Unknown):
        await texts(0)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Lee", "Ann L."),
        ("Kim", "Kim"),
        ("Émile", "Émile"),
        ("王小明", "王**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_strangers_see_a_short_name(name: str, shown: str) -> None:
    assert short_name(name=name) == shown
