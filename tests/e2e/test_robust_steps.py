"""Odd messages at the wrong moment, in every step after the booking: each is answered, and what was begun stays.

In a talk with the other side of an order only what cannot cross is sent; what can is no odd message there.
"""

import asyncio
from collections.abc import Iterable, Mapping

import pytest

from bot.conversation import LARGEST_FILE
from core.ids import spell_order_number
from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    accepts,
    booking,
    code_of,
    confirmed,
    its_provider,
    offer_of,
    on_site,
    presses,
    welcomed,
)
from tests.e2e.staff import colleague
from tests.e2e.test_booking import number_of
from tests.e2e.test_relay import talked_about
from tests.e2e.test_robust_reviews import closed
from tests.e2e.test_robust_words import ANYTHING, BOOKING, Sends, answers, leads_on
from tests.e2e.watching import Watch, until, watched
from tests.films import film

NO_WORDS = ("sticker", "round video", "poll", "contact", "unseen")
ODD: dict[str, Sends] = {name: ANYTHING[name] for name in NO_WORDS} | {
    "emoji": lambda p: p.writes("🙃🙃🙃", answered=False),
    "right to left": lambda p: p.writes("مرحبا ٣", answered=False),
    "film": lambda p: p.sends_photos(film(), kind="video", answered=False),
}
TOO_LARGE: dict[str, Sends] = {
    "too large": lambda p: p.sends_photos(bytes(LARGEST_FILE + 1), kind="document", answered=False)
}
CROSSES = ("unseen", "emoji", "right to left", "film")


async def in_step(player: Player, step: str, opening: str, kinds: Iterable[str] = ODD) -> None:
    """The question is asked anew before each odd message, by the button that asks it."""
    person = player.person
    for what in kinds:
        await person.refresh()
        await person.taps_stale(person.last["message_id"], opening)
        await answers(player, f"{what} in {step}", ODD[what])


OF_NOBODY = {
    "ticket": "ask", "complaint": "tnew:complaint:0", "idea": "tnew:idea:0", "phone": "phone",
    "address": "addradd", "deletion": "bye", "place": "where", "help": "help",
    "waiting list": "waits", "repeated visits": "sers", "quiet hours": "quiet",
}  # fmt: skip


@pytest.mark.feature("X3", "C19", "C20", "C23")
async def test_odd_messages_are_answered_in_help_and_settings(
    platform: Platform, people: People
) -> None:
    async def in_one(step: str) -> None:
        await in_step(await welcomed(people, f"Odd {step}"), step, OF_NOBODY[step])

    async with watched(platform, people):
        await asyncio.gather(*map(in_one, OF_NOBODY))


@pytest.mark.feature("X3", "C23")
async def test_a_door_and_a_name_of_an_address_are_asked_on(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        player = await welcomed(people, "Odd Address")
        await player.person.taps_stale(player.person.last["message_id"], "addradd")
        await player.person.shares_location("The Bund")
        await player.person.sees("Which door exactly?")
        sql = "SELECT address.id FROM address JOIN person ON person.id = person_id WHERE telegram_id = ?"
        [(address,)] = watch.rows(sql, player.person.id)
        for verb in ("addrdoor", "addrname", "addrplace"):
            await in_step(player, verb, f"{verb}:{address}")


@pytest.mark.feature("X3", "C18")
async def test_a_review_under_way_survives_odd_messages(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Odd Reviewer")
        order = await closed(people, watch, customer)
        await customer.press("review", then="rstar")
        message, _ = await customer.offered("rstar")
        for dimension in ("quality", "attitude", "skill"):
            await customer.person.taps_stale(message, f"rstar:{order}:{dimension}:4")
        # News that became a line may stand below the form, until something is written to it.
        await customer.person.writes("Well", answered=False)
        await customer.person.sees_where(lambda m: leads_on(m) and "“Well”" in words_of(m))
        for what, send in (ODD | TOO_LARGE).items():
            await answers(customer, f"{what} in the review", send)
        await customer.person.writes("/weather@some_other_bot", answered=False)
        await customer.person.sees("I don't know this command")
        await customer.person.writes("Well done", answered=False)
        await customer.press("rpublish")
        [(stars, text)] = watch.rows("SELECT quality, text FROM review WHERE order_id = ?", order)
        assert (stars, text) == (4, "Well done")


@pytest.mark.feature("X3", "P5", "P7", "C12", "C15")
async def test_a_job_goes_on_whatever_is_sent(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Odd Door")
        await booking(customer)
        await on_site(customer)
        order = await confirmed(customer, watch)
        for step, opening in (("moving", "mv"), ("repeating", "rpt"), ("cancelling", "ocancel")):
            await in_step(customer, step, f"{opening}:{order}")
        provider = await its_provider(people, watch, order)
        [(number,)] = watch.rows("SELECT number FROM orders WHERE id = ?", order)
        await accepts(provider.person, spell_order_number(str(number)))
        for verb, then in (("depart", "arrive"), ("arrive", "code")):
            await provider.press(f"{verb}:{order}", then=f"{then}:{order}")
        for step, opening in (("the base", "base"), ("days off", "off"), ("moving", f"mv:{order}")):
            await in_step(provider, step, opening)
        await in_step(provider, "the code", f"code:{order}")
        await provider.person.taps_stale(provider.person.last["message_id"], f"code:{order}")
        await provider.writes(code_of(watch, order), then=f"finish:{order}")
        for step, opening in (("extra work", "extra"), ("the reason", "xwhy")):
            await in_step(provider, step, f"{opening}:{order}")
        await provider.person.taps_stale(provider.person.last["message_id"], f"job:{order}")
        await provider.press(f"finish:{order}", then=f"finish:{order}:1")
        await provider.press(f"finish:{order}:1", then=f"othercash:{order}")
        await in_step(provider, "cash", f"othercash:{order}", NO_WORDS)
        assert watch.rows("SELECT cash_stated FROM orders WHERE id = ?", order) == [(None,)]
        await provider.person.taps_stale(provider.person.last["message_id"], f"job:{order}")
        await provider.press(f"cash:{order}")
        await customer.offered(f"ocashno:{order}")
        await in_step(customer, "the cash of the customer", f"ocashno:{order}", NO_WORDS)
        assert watch.rows("SELECT cash_confirmed FROM orders WHERE id = ?", order) == [(None,)]


@pytest.mark.feature("X3", "C21")
async def test_what_cannot_cross_is_told_so_on_both_sides(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, _ = await talked_about(people, watch, "Odd Talker")
        for player in (customer, provider):
            kinds = [kind for kind in ODD if kind not in CROSSES]
            await in_step(player, "the talk", f"rtalk:{order}", kinds)
            await player.person.sees("passed on")
        assert watch.rows("SELECT count(*) FROM relayed WHERE order_id = ?", order) == [(0,)]


@pytest.mark.feature("X3", "P1")
async def test_a_price_and_a_paper_of_an_application_are_asked_on(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        player = Player(await people.person("Odd Applicant", roles=["provider"]))
        await player.writes("/start")
        await player.person.taps("English")
        await player.press("apply", then="amyname")
        [(service,)] = watch.rows("SELECT id FROM service WHERE code = 'ac-repair'")
        await in_step(player, "the price", f"asv:{service}", NO_WORDS)


async def reacts_unanswered(people: People, watch: Watch, person: Person, step: str) -> None:
    """A sign under the step's screen, then another one: nothing in the chat changes but the sign."""
    sql = "SELECT count(*) FROM inbox WHERE done_at IS NOT NULL"
    await watch.delivered()
    known = watch.rows(sql)[0][0]
    await person.refresh()
    before = [(m["message_id"], words_of(m), presses(m)) for m in person.messages()]
    for emoji in ("👍", "👎"):
        await person.reacts(person.last, emoji)
    await until(lambda: watch.rows(sql)[0][0] >= known + 2, lambda: f"not heard in {step}", people)
    await person.refresh()
    after = [(m["message_id"], words_of(m), presses(m)) for m in person.messages()]
    assert after == before, f"a reaction in {step} was answered"
    assert [each["emoji"] for each in person.last["reactions"]] == ["👎"]


@pytest.mark.feature("X3", "C7", "C19")
async def test_a_reaction_is_heard_and_says_nothing_in_any_step(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people) as watch:
        player = await welcomed(own_people, "Likes All")
        await booking(player)
        person = player.person
        tag = (await player.offered("bgo"))[1].split(":")[1]
        steps = {step: f"bgo:{tag}:{step}" for step in BOOKING} | OF_NOBODY
        for step, opening in steps.items():
            await person.taps_stale(person.last["message_id"], opening)
            await reacts_unanswered(own_people, watch, person, step)
        await person.taps_stale(person.last["message_id"], f"bgo:{tag}:notes")
        await reacts_unanswered(own_people, watch, person, "the notes")
        await player.writes("Ring twice")
        await person.taps_stale(person.last["message_id"], f"bgo:{tag}:summary")
        await on_site(player)
        order = await confirmed(player, watch)
        provider = (await its_provider(own_people, watch, order)).person
        await offer_of(provider, number_of(person))
        await reacts_unanswered(own_people, watch, provider, "an offer")


OF_STAFF: Mapping[str, str] = {
    "a rule": "rue:hold_minutes", "a member": "sa", "news": "ank:news", "a service": "sn", "a field": "sf",
}  # fmt: skip


@pytest.mark.feature("X3", "A1", "A7", "A10", "A11")
async def test_staff_are_answered_too(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        [(category, service)] = watch.rows("SELECT category_id, id FROM service LIMIT 1")
        more = {"a service": f":{category}", "a field": f":{service}:0"}
        owner = await colleague(people, "owner")
        for step, opening in OF_STAFF.items():
            for what in NO_WORDS:
                await owner.refresh()
                await owner.taps_stale(owner.last["message_id"], opening + more.get(step, ""))
                after = (await ODD[what](owner))["message_id"]
                await owner.sees_where(
                    lambda m, after=after: m["message_id"] > after and bool(words_of(m).strip()),  # type: ignore[misc]
                    what=f"an answer to {what} in {step}",
                )
            if step == "a rule":
                assert "That can't be." in words_of(owner.last)
                assert "‹ Back" in owner.buttons, "a way out of what can't be read"
