"""Reviews before their provider: read, answered once, reported; what staff, the author and others see of it."""

import re

import pytest

from core.ids import spell_order_number
from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import about, its_provider, presses, reviewed, welcomed, with_verb
from tests.e2e.staff import OPERATOR, OWNER, group, in_topic
from tests.e2e.test_payouts import presses as presses_there
from tests.e2e.test_provider import reading_english
from tests.e2e.test_robust_reviews import closed, opens_reviews
from tests.e2e.watching import watched

pytestmark = pytest.mark.feature("P14")
READ, TYPED = 2170, 2171
SUPPORT = "💬"
THANKS = "Thank you, it was a pleasure."


class Reviewed:
    """An order with a review, its author and its provider, who has read of it."""

    def __init__(
        self, platform: Platform, people: People, customer: Person, provider: Person, order: int
    ) -> None:
        self.platform, self.people = platform, people
        self.customer, self.provider, self.order = customer, provider, order

    def row(self, columns: str, table: str = "review") -> tuple[object, ...]:
        sql = f"SELECT {columns} FROM {table} WHERE order_id = ?"
        return self.platform.rows(sql, self.order)[0]

    @property
    def number(self) -> str:
        sql = "SELECT number FROM orders WHERE id = ?"
        return spell_order_number(str(self.platform.rows(sql, self.order)[0][0]))

    @property
    def provider_id(self) -> int:
        return int(str(self.row("provider_id")[0]))

    def rating(self) -> tuple[int, ...]:
        sql = "SELECT rating_count, quality_sum, attitude_sum, skill_sum FROM provider WHERE id = ?"
        return tuple(self.platform.rows(sql, self.provider_id)[0])

    async def told(self) -> Message:
        """The news of the review, which carries the button to answer it."""
        return await about(
            self.provider, self.number, lambda m: with_verb(m, "revsay") is not None, "the review"
        )

    async def opens(self) -> None:
        """The review's own screen, in place of whatever was tapped last."""
        review = self.row("id")[0]
        await self.provider.taps_stale(self.provider.last["message_id"], f"review:{review}:all:0")
        await self.provider.sees_where(
            lambda m: self.number in words_of(m) and with_verb(m, "reviews") is not None,
            what="the review",
        )

    async def reports(self, reason: str, words: str = "") -> None:
        await self.opens()
        await self.provider.taps("🚩 Report")
        await self.provider.sees("What is wrong with it?")
        await self.provider.taps(reason)
        await self.provider.sees_where(lambda m: reason in words_of(m), what=reason)
        if words:
            await self.provider.writes(words)
            await self.provider.sees_where(lambda m: words in words_of(m), what=words)
        await self.provider.taps("🚩 Send report")
        await self.provider.sees("Our staff are looking into it.")

    async def card(self, staff: Person, has: str) -> Message:
        """The staff's card of this very report, once it says this."""
        topic = in_topic(staff, SUPPORT)

        def now() -> Message | None:
            return next(
                (
                    m
                    for m in staff.from_bot(topic)
                    if self.number in words_of(m) and has in words_of(m)
                ),
                None,
            )

        await staff.refresh()
        if now() is None:
            await staff.sees_where(
                lambda _: now() is not None, what=f"{self.number} {has}", timeout=30
            )
        card = now()
        assert card
        return card


async def reviewed_work(
    platform: Platform, people: People, watch: object, name: str, words: str
) -> Reviewed:
    customer = await welcomed(people, name)
    order = await closed(people, watch, customer)  # type: ignore[arg-type]
    provider = (await its_provider(people, watch, order)).person  # type: ignore[arg-type]
    provider = await reading_english(people, provider.name)
    await reviewed(customer, words, order)
    await customer.person.sees("You can change it until")
    return Reviewed(platform, people, customer.person, provider, order)


async def test_an_answer_is_shown_back_published_once_and_read_by_all(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        one = await reviewed_work(platform, people, watch, "Ann Answered", "Quick and kind.")
        provider, news = one.provider, await one.told()
        await provider.taps("💬 Reply", on=news)
        await provider.sees("it can't be changed later")
        await provider.writes("x" * 301)
        await provider.sees("301 characters, 300 are the most")
        await provider.sends_sticker("👍")
        await provider.sees("Only words here, please.")
        await provider.writes("Call me: 13812345678")
        masked = words_of(await provider.sees("Publish this?"))
        assert "↳ Call me: •••" in masked
        assert "13812345678" not in masked
        assert "Contact data was left out" in masked
        await provider.writes(THANKS)
        await provider.sees_where(
            lambda m: f"↳ {THANKS}" in words_of(m) and "Publish this?" in words_of(m)
        )
        assert one.row("reply") == ("",), "nothing is published before the tap"
        button, message = provider.data("✅ Publish"), provider.last["message_id"]
        await provider.taps("✅ Publish")
        await provider.sees(f"↩️ You: {THANKS}")
        for old in (button, str(with_verb(news, "revsay"))):
            await provider.taps_stale(message, old)
            assert "It stays as you wrote it." in provider.toast
            await provider.sees(f"↩️ You: {THANKS}")
        assert one.row("reply") == (THANKS,)

        customer = one.customer
        seen = await customer.sees("has answered your review")
        assert THANKS in words_of(seen)
        await customer.taps("⭐ Your review", on=seen)
        await customer.sees_where(
            lambda m: THANKS in words_of(m) and "Your review of" in words_of(m)
        )
        await watch.delivered()
        await customer.refresh()
        news_of_it = [m for m in customer.from_bot() if "has answered your review" in words_of(m)]
        assert news_of_it == [], "told once: that message is the review now"
        visitor = await welcomed(people, "Visitor")
        await opens_reviews(visitor.person, one.provider_id, THANKS)
        assert f"↳ {THANKS}" in words_of(visitor.person.last)


async def test_a_report_hides_a_review_and_its_stars_and_everybody_is_told(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        one = await reviewed_work(platform, people, watch, "Rude Author", "Idiot, all of it.")
        before = one.rating()
        await one.told()
        await one.reports("It insults me", "He shouts at everybody")
        review = one.row("id")[0]
        provider = one.provider
        await provider.taps_stale(provider.last["message_id"], f"revflag:{review}:all:0")
        assert "You have reported it" in provider.toast

        owner, operator = await group(people, OWNER), await group(people, OPERATOR)
        card = await one.card(owner, "🟡")
        assert "He shouts at everybody" in words_of(card)
        assert "Idiot, all of it." in words_of(card)
        hide = str(with_verb(card, "rh"))
        await presses_there(owner, card, "rh")
        await one.card(operator, "🙈")
        await operator.taps_stale(card["message_id"], hide.replace("rh", "rk"))
        assert owner.name in operator.toast, "by whom it was decided"
        assert one.row("hidden") in ((1,), (True,))
        stars = one.row("1, quality, attitude, skill")
        assert one.rating() == tuple(a - int(str(b)) for a, b in zip(before, stars, strict=True))

        await about(provider, one.number, lambda m: "is hidden" in words_of(m), "the outcome")
        await one.customer.sees("is no longer shown")
        await one.customer.taps_stale(one.customer.last["message_id"], f"review:{one.order}")
        await one.customer.sees("Our staff have hidden this review.")
        for verb in ("review", "revsay", "revflag"):
            await provider.taps_stale(provider.last["message_id"], f"{verb}:{review}:all:0")
            assert "no longer available" in provider.toast
        visitor = await welcomed(people, "Visitor")
        await visitor.person.taps_stale(
            visitor.person.last["message_id"], f"rv:{one.provider_id}:0:0:r0000:0"
        )
        await visitor.person.sees("Reviews: ")
        assert "Idiot" not in visitor.person.screen


async def test_a_review_that_stays_can_be_answered_and_a_reason_of_ones_own_needs_words(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        one = await reviewed_work(platform, people, watch, "Strict Author", "Could be better.")
        before, provider = one.rating(), one.provider
        await one.told()
        await one.opens()
        await provider.taps("🚩 Report")
        await provider.sees("What is wrong with it?")
        await provider.taps("Something else")
        await provider.sees("Please type in a few words")
        assert "🚩 Send report" not in provider.buttons
        review = one.row("id")[0]
        await provider.taps_stale(provider.last["message_id"], f"revtell:{review}:other:all:0")
        await provider.sees("Please type in a few words")
        await provider.sends_sticker("👍")
        await provider.sees("Only words here, please")
        await provider.writes("It was the weather")
        await provider.sees("nobody else reads them")
        await provider.taps("🚩 Send report")
        await provider.sees("Our staff are looking into it.")

        operator = await group(people, OPERATOR)
        await operator.writes("/reviews", topic=in_topic(operator, SUPPORT))
        await operator.sees_where(lambda m: f"rv:{one.order}" in presses(m), what="the list")
        await presses_there(operator, await one.card(operator, "🟡"), "rk")
        await one.card(operator, "🟢")
        assert one.rating() == before
        kept = await about(
            provider, one.number, lambda m: "It stays." in words_of(m), "the outcome"
        )
        await provider.taps("⭐ Review", on=kept)
        await provider.sees("Our staff decided that it stays.")
        assert "🚩 Report" not in provider.buttons
        await provider.taps("💬 Reply")
        await provider.sees("Type your answer.")
        await provider.writes(THANKS)
        await provider.taps("✅ Publish")
        await provider.sees(f"↩️ You: {THANKS}")
        await one.customer.sees("has answered your review")


async def test_lists_of_reviews_are_those_of_the_rows(platform: Platform, people: People) -> None:
    provider = await reading_english(people, (await people.known(READ)).name)
    sql = (
        "SELECT COUNT(*), SUM(CASE WHEN reply = '' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN quality + attitude + skill <= 9 THEN 1 ELSE 0 END) FROM review"
        " JOIN provider p ON p.id = review.provider_id JOIN person ON person.id = p.person_id"
        " WHERE telegram_id = ? AND NOT hidden"
    )
    every, unanswered, low = platform.rows(sql, READ)[0]
    await provider.writes("/stats")
    await provider.sees_button("⭐ Reviews")
    await provider.taps("⭐ Reviews")
    await provider.sees(f"{every} reviews")
    assert len(provider.buttons) <= 8
    assert re.search(r"Quality [\d.]+ · Attitude [\d.]+ · Skill [\d.]+", provider.screen)
    await provider.taps("All reviews ▾")
    await provider.sees("Which reviews?")
    assert f"Not answered · {unanswered}" in provider.buttons
    assert f"3 stars or less · {low}" in provider.buttons
    await provider.taps("Not answered · ")
    await provider.sees(f"Not answered · {unanswered}")
    await provider.taps("★")
    await provider.sees_button("💬 Reply")
    await provider.taps("📒 The job")
    await provider.sees("Yours ¥")
    await provider.taps("⭐ Review")
    await provider.sees_button("🚩 Report")
    await provider.taps_stale(provider.last["message_id"], "reviews:nonsense:-7")
    await provider.sees(f"{every} reviews")
    stranger = await people.person("Eve", roles=("provider",), language="en")
    await stranger.writes("/reviews")
    await stranger.sees("no longer available")


async def test_an_answer_in_chinese(platform: Platform, people: People) -> None:
    provider = await people.known(TYPED)
    await provider.writes("/reviews")
    await provider.sees("客户评价")
    await provider.taps("全部评价")
    await provider.taps("未回复 · ")
    await provider.sees("未回复 · ")
    await provider.taps("★")
    await provider.taps("💬 回复")
    await provider.sees("发布后不能修改")
    await provider.writes("谢谢，欢迎再来！")
    await provider.sees("确定发布吗")
    await provider.taps("✅ 发布")
    await provider.sees("您的回复：谢谢，欢迎再来！")
    await provider.taps("‹ 返回")
    await provider.sees("未回复 · ")
