"""A word about how something stands is looked at again when that goes on: in its place, or it becomes a line."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.gateway.outcomes import NotSent, Uncertain
from bot.screen import Card, Screen
from core.letters import AGAIN, STANDING
from db.cards import CardTable
from tests.bot.gateway.test_delivery import PostOffice, office  # noqa: F401 the fixture

SUBJECT = 1  # what the letters of the office are about
HERE = Screen(Markup("is here"), card=Card("arrived", SUBJECT, anew=True, stands=True))
OVER = Screen(Markup("was here"), card=Card("arrived", SUBJECT, fades=True))


async def stands(office: PostOffice, chat: int = 1) -> None:  # noqa: F811
    office.screens["arrived"] = HERE
    await office.post("arrived", chat)
    await office.run()


async def goes_on(office: PostOffice, chat: int = 1) -> None:  # noqa: F811
    office.clock.now += 1
    await office.post(STANDING, chat)
    await office.run()


async def test_it_stays_while_its_letter_is_still_worth_saying(office: PostOffice) -> None:  # noqa: F811
    await stands(office)
    await goes_on(office)
    assert office.paper.calls == [("send", 1, "is here")]
    office.screens["arrived"] = replace(HERE, text=Markup("is here since 9"))
    await goes_on(office)
    await goes_on(office)
    assert office.paper.calls[1:] == [("edit", 1, 101, "is here since 9")]


async def test_once_it_is_over_it_becomes_a_line_and_nobodys_card(office: PostOffice) -> None:  # noqa: F811
    await stands(office)
    await stands(office, chat=2)
    office.screens["arrived"] = OVER
    await goes_on(office)
    await goes_on(office)
    assert office.paper.calls[2:] == [("fade", 1, 101)]
    assert await office.db.fetch("SELECT chat_id FROM card") == [(2,)]


async def test_its_letter_knows_that_it_is_looked_at_again(office: PostOffice) -> None:  # noqa: F811
    seen: list[object] = []
    plain = office._render

    async def render(due: object) -> Screen | None:
        seen.append(due.facts.get(AGAIN))  # type: ignore[attr-defined]
        return await plain(due)  # type: ignore[arg-type]

    office.delivery._render = render  # type: ignore[assignment]
    await stands(office)
    await goes_on(office)
    assert seen == [None, True]


async def test_what_cannot_be_reached_now_is_done_later(office: PostOffice) -> None:  # noqa: F811
    await stands(office)
    office.screens["arrived"] = OVER
    office.paper.ends[1] = [NotSent("no net"), Uncertain("lost the answer")]
    await goes_on(office)
    for _ in range(2):
        office.clock.now += 10
        await office.run()
    assert [call[0] for call in office.paper.calls] == ["send", "fade", "fade", "fade"]
    assert await office.db.fetch("SELECT chat_id FROM card") == []


async def test_a_message_that_shows_something_else_by_then_is_left_alone(
    office: PostOffice,  # noqa: F811
) -> None:
    await stands(office)
    await CardTable(office.db).drop("customer", 1, 101)  # a tap turned it into a form
    office.screens["arrived"] = OVER
    await goes_on(office)
    assert office.paper.calls == [("send", 1, "is here")]


@pytest.mark.parametrize("chat", [1, -5])
async def test_a_newer_word_of_its_kind_takes_its_place_in_a_group_too(
    office: PostOffice,  # noqa: F811
    chat: int,
) -> None:
    office.screens["card_past"] = Screen(
        Markup("below"), card=Card("past", 101, "skip", fades=True)
    )
    await stands(office, chat)
    office.clock.now += 1
    await stands(office, chat)
    assert [call[0] for call in office.paper.calls] == ["send", "send", "fade"]


async def test_what_comes_out_behind_its_end_does_not_stay(office: PostOffice) -> None:  # noqa: F811
    """The word was still being sent when that was over: whoever looks again comes after it."""
    office.screens["arrived"] = HERE
    await office.post("arrived", 1)
    office.clock.now += 1
    await office.post(STANDING, 1)
    assert await office.delivery.step() == 1  # its turn has not come yet
    office.screens["arrived"] = OVER
    await office.delivery.settled()
    await office.run()
    assert [call[0] for call in office.paper.calls][-1:] in (["fade"], [])
    assert await office.db.fetch("SELECT 1 FROM card") == []
