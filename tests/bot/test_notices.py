"""Letters come as whoever gets them chose; whatever nobody may choose about always comes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from markupsafe import Markup

from bot import customer, provider
from bot.i18n import Words
from bot.letters import NotYet
from bot.notices.kinds import KINDS
from bot.notices.manners import as_chosen
from bot.notices.screens import KINDS as NAMED
from bot.screen import Screen
from core.people.choices import WAYS, Kind
from core.people.model import Person
from core.services import Core

pytestmark = pytest.mark.feature("P13", "C23")
NOON, NIGHT = (
    datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (4, 15)
)  # 12:00, 23:00 in Shanghai
WORDS = Words("en", "Asia/Shanghai")


@dataclass
class Letter:
    bot: str
    kind: str
    subject: int = 1
    facts: dict[str, Any] = field(default_factory=dict)


async def shown(letter: Letter, now: datetime, **choices: Any) -> Screen | None:
    person = Person(id=1, telegram_id=1, choices=choices, created_at=now, seen_at=now)

    async def render(_core: Core, _letter: Any, _words: Words, _now: datetime) -> Screen | None:
        return Screen(Markup("news"))

    return await as_chosen(render, person)(cast(Core, None), letter, WORDS, now)


def test_every_letter_that_can_be_chosen_exists_and_every_kind_has_a_name() -> None:
    for side, bot in (("customer", customer), ("provider", provider)):
        assert KINDS[side].keys() <= bot.LETTERS.keys()
        assert {WAYS[kind].side for kind in KINDS[side].values()} == {side}
    assert NAMED.keys() == WAYS.keys() - {Kind.ALWAYS}
    assert WAYS.keys() == set(Kind)


@pytest.mark.parametrize(
    "kind", sorted(provider.LETTERS.keys() - KINDS["provider"].keys() - {"example"})
)
async def test_what_can_not_wait_always_comes_and_at_night_without_a_sound(kind: str) -> None:
    off = {f"work_{one}": "off" for one in ("offers", "reminders", "reviews", "money", "news")}
    night = {"work_quiet": [1320, 420]}
    by_day = await shown(Letter("provider", kind), NOON, **off, **night)
    by_night = await shown(Letter("provider", kind), NIGHT, **off, **night, always="off")
    assert by_day
    assert not by_day.quiet
    assert by_night
    assert by_night.quiet


async def test_an_offer_is_silent_at_most_and_never_waits() -> None:
    offer = Letter("provider", "offer")
    assert (await shown(offer, NOON, work_offers="off")).quiet is False  # type: ignore[union-attr]
    assert (await shown(offer, NOON, work_offers="silent")).quiet  # type: ignore[union-attr]
    assert (await shown(offer, NIGHT, work_quiet=[1320, 420])).quiet  # type: ignore[union-attr]


async def test_a_review_is_off_or_waits_for_the_morning() -> None:
    review = Letter("provider", "review")
    assert await shown(review, NOON, work_reviews="off") is None
    assert await shown(review, NIGHT, work_reviews="off", work_quiet=[1320, 420]) is None
    with pytest.raises(NotYet) as waiting:
        await shown(review, NIGHT, work_quiet=[1320, 420])
    assert WORDS.local(waiting.value.until).isoformat() == "2026-03-03T07:00:00+08:00"


async def test_each_bot_goes_by_its_own_choices() -> None:
    news = {"reviews": "off", "quiet": [0, 1439]}
    assert (await shown(Letter("provider", "review"), NOON, **news)) is not None
    assert (await shown(Letter("customer", "finished"), NOON, **news)) is None
