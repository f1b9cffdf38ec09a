"""A review with an album over HTTP: photos and videos, told kindly what doesn't fit, shown to others without traces."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.ids import spell_order_number
from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import Player, its_provider, presses, welcomed
from tests.e2e.staff import colleague, opened
from tests.e2e.test_booking import jpeg
from tests.e2e.test_job_photos import with_traces
from tests.e2e.test_robust_reviews import closed, opens_reviews
from tests.e2e.watching import watched
from tests.films import film

pytestmark = pytest.mark.feature("C18")
WORDS = "Quick, tidy and kind."


@dataclass
class Done:
    """A finished order and everybody around it."""

    platform: Platform
    people: People
    customer: Player
    provider: Person
    order: int

    @property
    def anna(self) -> Person:
        return self.customer.person

    @property
    def number(self) -> str:
        sql = "SELECT number FROM orders WHERE id = ?"
        return spell_order_number(str(self.platform.rows(sql, self.order)[0][0]))

    async def opens(self) -> None:
        await self.anna.taps_stale(self.anna.last["message_id"], f"review:{self.order}")
        await self.anna.sees("How was it with")

    async def rates(self) -> None:
        for score, dimension in ((5, "quality"), (4, "attitude"), (5, "skill")):
            message = self.anna.last["message_id"]
            await self.anna.taps_stale(message, f"rstar:{self.order}:{dimension}:{score}")
        await self.anna.sees_button("✅ Publish")

    def kept(self) -> list[bytes]:
        """What lies in the store of the customer's files."""
        sql = "SELECT path FROM kept_file JOIN person ON person.id = owner_id WHERE telegram_id = ?"
        paths = [path for (path,) in self.platform.rows(sql, self.anna.id)]
        return [(self.platform.data / "files" / path).read_bytes() for path in paths]


@pytest.fixture
async def done(platform: Platform, people: People) -> AsyncIterator[Done]:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Ann Lee")
        order = await closed(people, watch, customer)
        provider = (await its_provider(people, watch, order)).person
        yield Done(platform, people, customer, provider, order)


def media(person: Person, *, after: int = 0) -> list[str]:
    """The kinds of what the bot sent to look at since the message `after`, in order."""
    news = (m for m in person.from_bot() if m["message_id"] > after)
    found = [next((k for k in ("photo", "video") if k in m), "") for m in news]
    return [kind for kind in found if kind]


async def bytes_of(people: People, message: Message) -> bytes:
    kind = "video" if "video" in message else "photo"
    shown = message[kind] if kind == "video" else message[kind][-1]
    link = message["files"][shown["file_id"]]
    async with people._http.get(f"{people.base_url}{link}") as answer:
        return await answer.read()


async def test_an_album_of_photos_and_videos_is_one_answer_and_others_see_it_without_traces(
    done: Done,
) -> None:
    anna = done.anna
    await done.opens()
    album = [("photo", with_traces()), ("video", film(turned=90)), ("photo", jpeg())]
    before = len(anna.from_bot())
    await anna.sends_album(*album, caption=WORDS)
    await anna.sees_where(lambda m: "📷 2 photos · 🎬 1 video" in words_of(m), what="all three")
    assert WORDS in words_of(anna.last)
    assert len(anna.from_bot()) == before + 1, "one message for the whole album"
    assert len(anna.buttons) <= 8
    await done.rates()
    known = (await done.provider.refresh()).last["message_id"]
    await anna.taps("✅ Publish")
    await anna.sees("You can change it until")
    contents = done.kept()
    assert len(contents) == 4, "two photos, the film and its cover"
    assert not [content for content in contents if b"CANARY" in content]

    # The same provider may have got the same words for another visit.
    told = await done.provider.sees_where(
        lambda m: WORDS in words_of(m) and done.number in words_of(m), what="the review", timeout=20
    )
    assert known < told["message_id"]
    assert media(done.provider, after=known) == ["photo", "video", "photo"]

    await anna.taps("📷 See pictures")
    await anna.sees_where(lambda m: bool(media(anna)), what="the own album")

    visitor = (await welcomed(done.people, "Visitor")).person
    sql = "SELECT provider_id FROM orders WHERE id = ?"
    provider = int(done.platform.rows(sql, done.order)[0][0])
    await opens_reviews(visitor, provider, WORDS)
    assert "Ann L." in visitor.screen
    await visitor.taps("📷 Ann L. (3)")
    await visitor.sees_where(lambda m: WORDS in words_of(m) and bool(media(visitor)))
    assert media(visitor) == ["photo", "video", "photo"]
    seen = [m for m in visitor.from_bot() if "photo" in m or "video" in m]
    assert len({m["media_group_id"] for m in seen}) == 1, "one album"
    for message in seen:
        assert b"CANARY" not in await bytes_of(done.people, message)
    (shown,) = [m["video"] for m in seen if "video" in m]
    assert (shown["width"], shown["height"], shown["duration"]) == (64, 96, 1)

    staff = await colleague(done.people, "operator")
    await opened(staff, done.number, "Completed")
    await staff.taps("⭐ Review")
    await staff.sees(WORDS)


async def test_what_does_not_fit_is_told_and_nothing_else_is_lost(done: Done) -> None:
    anna = done.anna
    await done.opens()
    await anna.writes(WORDS)
    for files, kind, told in (
        ([b"no film at all"], "video", "We couldn't open that video"),
        ([b"\x00" * (21 << 20)], "video", "20 MB at most"),
        ([b"not a picture"], "document", "We couldn't open that picture"),
        ([b"OggS" + bytes(50)], "voice", "only words, photos and videos"),
    ):
        await anna.sends_photos(*files, kind=kind)
        await anna.sees(told)
        assert WORDS in anna.screen
    await anna.shares_location("People's Square")
    await anna.sees("only words, photos and videos")
    await anna.sends_photos(*[jpeg() for _ in range(9)])
    await anna.sees("📷 9 photos")
    await anna.sends_album(("photo", jpeg()), ("video", film()))
    await anna.sees("That's enough photos, ten at most.")
    assert "📷 10 photos" in anna.screen
    assert "all the room there is" in anna.screen
    await anna.taps("🗑 Take pictures out")
    await anna.taps("🗑 All of them")
    await anna.sees_where(lambda m: "📷" not in words_of(m) and WORDS in words_of(m))
    await done.rates()
    assert not media(anna)


async def test_single_pictures_are_taken_out_one_by_one(done: Done) -> None:
    anna = done.anna
    await done.opens()
    album = [("photo", jpeg()), ("video", film()), ("photo", jpeg())]
    await anna.sends_album(*album, caption=WORDS)
    await anna.sees("📷 2 photos · 🎬 1 video")
    form = len(anna.from_bot())
    await anna.taps("🗑 Take pictures out")
    await anna.sees("Should this one go?")
    assert media(anna) == ["photo"]
    assert "1/3" in anna.buttons
    await anna.taps("▶")
    await anna.sees_where(lambda m: "video" in m, what="the film, which is the second")
    out = anna.data("🗑 Take it out")
    await anna.taps("🗑 Take it out")
    await anna.sees_button("2/2")
    assert media(anna) == ["photo"]
    await anna.taps_stale(anna.last["message_id"], out)  # pressed once more, it takes nothing
    await anna.sees_button("1/2")
    await anna.taps("‹ Back")
    await anna.sees("📷 2 photos")
    assert "🎬" not in anna.screen
    assert WORDS in anna.screen
    await anna.sees_where(
        lambda _: len(anna.from_bot()) == form, what="all of it in one message, the former gone"
    )
    await done.rates()
    for left in (True, False):
        await anna.taps("🗑 Take pictures out")
        await anna.sees("Should this one go?")
        assert ("🗑 All of them" in anna.buttons) is left
        await anna.taps("🗑 Take it out")
        await anna.sees_where(lambda m, left=left: ("photo" in m) is left, what="what is left")  # type: ignore[misc]
        if left:
            await anna.taps("‹ Back")
            await anna.sees("📷 1 photo")
    assert "📷" not in anna.screen
    await anna.taps("✅ Publish")
    await anna.sees("You can change it until")
    assert "📷" not in anna.screen


async def test_a_review_keeps_or_changes_its_pictures_for_two_days(own_platform: Platform) -> None:
    async with People(own_platform.url) as people, watched(own_platform, people) as watch:
        customer = await welcomed(people, "Ann Lee")
        order = await closed(people, watch, customer)
        provider = (await its_provider(people, watch, order)).person
        done = Done(own_platform, people, customer, provider, order)
        anna = done.anna
        await done.opens()
        await anna.sends_photos(jpeg(), jpeg())
        await anna.sees("📷 2 photos")
        await done.rates()
        await anna.taps("✅ Publish")
        await anna.taps("✏️ Change it")
        await anna.sees("📷 2 photos")
        await anna.taps("🙂 Attitude")
        await anna.sees("How friendly and careful")
        await anna.taps_stale(anna.last["message_id"], f"rstar:{order}:attitude:1")
        await anna.sends_album(("video", film()))
        await anna.sees("📷 2 photos · 🎬 1 video")
        await anna.taps("✅ Publish")
        await anna.sees_where(
            lambda m: "🎬 1 video" in words_of(m) and "Your review" in words_of(m)
        )
        assert "🙂 Attitude ⭐\n" in anna.screen
        await provider.sees("客户修改了评价", timeout=20)
        await anna.taps("✏️ Change it")
        await anna.sees_button("✅ Publish")
        publish = anna.data("✅ Publish")
        await people.later(timedelta(hours=48).total_seconds())
        await anna.taps_stale(anna.last["message_id"], publish)
        assert "can't be changed any more" in anna.toast
        await anna.taps_stale(anna.last["message_id"], f"redit:{order}")
        await anna.sees_where(lambda m: not any(d.startswith("redit") for d in presses(m)))
        assert "can't be changed any more" in anna.toast
        assert "You can change it" not in anna.screen
