"""Answers to reviews and reports of them, on both databases: who comes second changes nothing, the stars add up."""

import asyncio
import random
from dataclasses import asdict
from datetime import timedelta

import pytest

from core.changes import Changes, Update
from core.errors import AlreadyDone, DomainError, Frozen, Invalid, NotAllowedNow, Unknown
from core.orders.model import Order, Pay, State
from core.people.model import Person, Provider, ProviderState
from core.reviews.model import Reason, Report, Review, Verdict
from core.reviews.received import Which
from core.reviews.service import Scores
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("P14")
TOLD = {"text": "Fine.", "files": []}


async def done(here: Town, provider: Provider, customer: Person) -> Order:
    order = Order(
        id=here.new_id(), number=f"{here.rng.randrange(10**8):08d}", customer_id=customer.id,
        provider_id=provider.id, service_id=here.services[0].id, state=State.CLOSED, minutes=60,
        buffer_min=0, starts_at=here.now, place="Centre", lat=31.2, lon=121.4, currency="CNY",
        total=20_000, pay=Pay.ON_SITE, method="on_site", due_now=0, commission_bp=0,
        start_code="4711", created_at=here.now, snapshot={"names": here.services[0].names},
    )  # fmt: skip
    await here.insert([order])
    return order


async def reviewed(here: Town, provider: Provider, *scores: int) -> Review:
    [customer] = await here.customers(1)
    order = await done(here, provider, customer)
    stars = Scores(*(scores or (5, 4, 3)))
    return await here.core.reviews.write(
        order_id=order.id, customer_id=customer.id, scores=stars, now=here.now, **TOLD
    )


async def begun(here: Town) -> Provider:
    await here.service()
    return await here.provider()


async def adds_up(here: Town, provider: Provider) -> None:
    """The provider's sums are those of the reviews that are shown."""
    shown = await here.built.store.find(Review, provider_id=provider.id, hidden=False)
    now = await here.built.store.get(Provider, id=provider.id)
    assert now is not None
    assert now.rating_count == len(shown)
    for name in asdict(Scores(0, 0, 0)):
        assert getattr(now, f"{name}_sum") == sum(getattr(one, name) for one in shown)


async def letters(here: Town, kind: str) -> int:
    rows = await here.database.fetch("SELECT COUNT(*) FROM outbox WHERE kind = ?", [kind])
    return int(rows[0][0])


async def test_of_many_answers_at_once_one_stands_and_the_customer_is_told_once(here: Town) -> None:
    provider = await begun(here)
    review = await reviewed(here, provider)
    answers = [f"Thank you {number}!" for number in range(8)]
    told = {"person_id": provider.person_id, "review_id": review.id, "now": here.now}
    with here.writing_together(len(answers)):
        ended = await asyncio.gather(
            *(here.core.answering.answer(text=text, **told) for text in answers),
            return_exceptions=True,
        )
    [won] = [one for one in ended if isinstance(one, Review)]
    assert all(isinstance(one, Review | AlreadyDone) for one in ended)
    kept = await here.built.store.get(Review, id=review.id)
    assert kept is not None
    assert kept.reply == won.reply in answers
    assert kept.replied_at == here.now
    assert await letters(here, "review_answer") == 1
    with pytest.raises(AlreadyDone):
        await here.core.answering.answer(text="Another one", **told)


async def test_an_answer_is_checked_and_carries_no_contact_data(here: Town) -> None:
    provider, other = await begun(here), await here.provider()
    review = await reviewed(here, provider)
    me, mine = provider.person_id, {"review_id": review.id, "now": here.now}
    answer = here.core.answering.answer
    for text, reason in (("  ", "missing"), ("x" * 301, "too_long")):
        with pytest.raises(Invalid) as wrong:
            await answer(person_id=me, text=text, **mine)
        assert wrong.value.reason == reason
    with pytest.raises(Unknown):
        await answer(person_id=other.person_id, text="Not mine", **mine)
    frozen = Update(Provider, provider.id, {"state": ProviderState.FROZEN})
    await here.built.store.apply(Changes().add(frozen))
    with pytest.raises(Frozen):
        await answer(person_id=me, text="Thanks", **mine)
    thawed = Update(Provider, provider.id, {"state": ProviderState.APPROVED})
    await here.built.store.apply(Changes().add(thawed))
    kept = await answer(person_id=me, text=" Call 13812345678, thanks! ", **mine)
    assert kept.reply == "Call •••, thanks!"


async def test_what_is_hidden_or_erased_gets_no_answer(here: Town) -> None:
    provider = await begun(here)
    hidden, erased = await reviewed(here, provider), await reviewed(here, provider)
    me = provider.person_id
    await here.core.reporting.report(
        person_id=me, review_id=hidden.id, reason=Reason.INSULT, words="", now=here.now
    )
    await here.core.reporting.report(
        person_id=me, review_id=erased.id, reason=Reason.OTHER, words="She knows my street",
        now=here.now,
    )  # fmt: skip
    await here.core.reporting.decide(order_id=hidden.order_id, hide=True, by=1, now=here.now)
    await here.core.privacy.forget(person_id=erased.customer_id, now=here.now)
    for one in (hidden, erased):
        with pytest.raises(Unknown):
            await here.core.answering.answer(
                person_id=me, review_id=one.id, text="Thanks", now=here.now
            )
    left = await here.core.answering.one(person_id=me, review_id=erased.id)
    assert (left.erased, left.review.text, left.answerable, left.reportable) == (
        True, "", False, False,
    )  # fmt: skip
    report = await here.built.store.get(Report, review_id=erased.id)
    assert report is not None
    assert report.words == ""
    assert await letters(here, "review_report") >= 3, "the staff's card is told of the erasure"
    await adds_up(here, provider)


async def test_two_operators_come_to_one_outcome(here: Town) -> None:
    provider = await begun(here)
    for _ in range(6):
        review = await reviewed(here, provider)
        order_id = review.order_id
        await here.core.reporting.report(
            person_id=provider.person_id, review_id=review.id, reason=Reason.PRIVATE, words="",
            now=here.now,
        )  # fmt: skip
        decide = here.core.reporting.decide
        with here.writing_together(2):
            ended = await asyncio.gather(
                decide(order_id=order_id, hide=True, by=1, now=here.now),
                decide(order_id=order_id, hide=False, by=2, now=here.now),
                return_exceptions=True,
            )
        assert [isinstance(one, AlreadyDone) for one in ended].count(True) == 1
        case = await here.core.reporting.case(order_id=order_id)
        assert case.review.hidden is (case.report.verdict is Verdict.HIDDEN)
        assert case.report.decided_by == (1 if case.review.hidden else 2)
        await adds_up(here, provider)


async def test_a_customer_who_changes_a_review_while_it_is_hidden_leaves_the_stars_right(
    here: Town,
) -> None:
    provider = await begun(here)
    for _ in range(6):
        review = await reviewed(here, provider, *here.rng.choices(range(1, 6), k=3))
        await here.core.reporting.report(
            person_id=provider.person_id, review_id=review.id, reason=Reason.INSULT, words="",
            now=here.now,
        )  # fmt: skip
        with here.writing_together(2):
            ended = await asyncio.gather(
                here.core.reporting.decide(
                    order_id=review.order_id, hide=True, by=1, now=here.now
                ),
                here.core.reviews.write(
                    order_id=review.order_id, customer_id=review.customer_id,
                    scores=Scores(1, 5, 2), now=here.now, **TOLD,
                ),
                return_exceptions=True,
            )  # fmt: skip
        assert not isinstance(ended[0], BaseException)
        assert not isinstance(ended[1], BaseException) or isinstance(ended[1], DomainError)
        await adds_up(here, provider)


async def test_a_review_is_reported_once_and_again_only_after_it_was_changed(here: Town) -> None:
    provider = await begun(here)
    review = await reviewed(here, provider)
    me, reporting = {"person_id": provider.person_id, "review_id": review.id}, here.core.reporting

    async def report(words: str = "", reason: Reason = Reason.BLACKMAIL) -> Report:
        return await reporting.report(**me, reason=reason, words=words, now=here.now)

    with pytest.raises(Invalid):
        await report(reason=Reason.OTHER)
    await report()
    with pytest.raises(AlreadyDone):
        await report("once more")
    assert [one.review_id for one in await reporting.waiting()] == [review.id]
    await reporting.decide(order_id=review.order_id, hide=False, by=1, now=here.now)
    assert await reporting.waiting() == []
    with pytest.raises(NotAllowedNow):
        await report()
    here.now += timedelta(hours=1)
    await here.core.reviews.write(
        order_id=review.order_id, customer_id=review.customer_id, scores=Scores(1, 1, 1),
        now=here.now, **TOLD,
    )  # fmt: skip
    again = await report("Now it is worse")
    assert (again.verdict, again.words, again.decided_by) == (Verdict.OPEN, "Now it is worse", None)
    await reporting.decide(order_id=review.order_id, hide=True, by=2, now=here.now)
    assert await letters(here, "report_decided") == 2
    assert await letters(here, "review_hidden") == 1
    await adds_up(here, provider)


async def test_lists_are_those_of_the_rows(here: Town) -> None:
    provider, rng = await begun(here), random.Random(4)
    every: list[Review] = []
    for _ in range(9):
        every.append(await reviewed(here, provider, *rng.choices(range(1, 6), k=3)))
        here.now += timedelta(minutes=1)
    for one in every[:3]:
        await here.core.answering.answer(
            person_id=provider.person_id, review_id=one.id, text="Thanks", now=here.now
        )
    low = [one for one in every if one.quality + one.attitude + one.skill <= 9]
    for which, wanted in ((Which.ALL, every), (Which.UNANSWERED, every[3:]), (Which.LOW, low)):
        found: list[int] = []
        for number in range(-(-len(wanted) // 4)):
            page = await here.core.answering.page(
                person_id=provider.person_id, which=which, page=number, size=4
            )
            found += [one.id for one in page.items]
        assert found == [one.id for one in reversed(wanted)]
        assert page.counts[which] == len(wanted)
