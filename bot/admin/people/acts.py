"""What staff do to a person, each with a reason and a confirmation: freeze, let go on, delete.

An act is one row of `ACTS`; the way to it (why? sure?) is the same for all and made by `rows`.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.admin.parts import acting, me
from bot.admin.people import act_screens
from bot.admin.people.find import show
from bot.admin.people.screens import theirs
from bot.admin.registry import Row, Say, Tap
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate
from core.people.profile import Profile

OWN_WORDS = 99
"""The number of the reason that was typed."""

Run = Callable[[Talk, Profile, str], Awaitable[object]]


@dataclass(frozen=True)
class Act:
    """`reasons` are the usual ones; `told`: the person reads the reason, in the own language."""

    code: str
    action: str
    title: str
    yes: str
    effect: str
    reasons: tuple[str, ...]
    run: Run
    told: bool = False


async def _freeze_customer(talk: Talk, one: Profile, reason: str) -> None:
    await talk.core.freezing_customers.freeze(
        person_id=one.person.id, member=await me(talk), reason=reason, now=talk.now
    )


async def _unfreeze_customer(talk: Talk, one: Profile, reason: str) -> None:
    await talk.core.freezing_customers.unfreeze(
        person_id=one.person.id, member=await me(talk), reason=reason, now=talk.now
    )


async def _freeze_provider(talk: Talk, one: Profile, reason: str) -> None:
    provider_id = one.provider.provider.id if one.provider else 0
    async with _acting(talk, "people.freeze", one, reason):
        await talk.core.freezing.freeze(
            provider_id=provider_id, staff_id=(await me(talk)).id, reason=reason, now=talk.now
        )


async def _unfreeze_provider(talk: Talk, one: Profile, reason: str) -> None:
    provider_id = one.provider.provider.id if one.provider else 0
    async with _acting(talk, "people.unfreeze", one, reason):
        await talk.core.freezing.unfreeze(
            provider_id=provider_id, staff_id=(await me(talk)).id, now=talk.now
        )


async def _delete(talk: Talk, one: Profile, reason: str) -> None:
    """The line of the log names nobody: the name is what is deleted."""
    async with acting(talk, "people.delete", reason=reason, person_id=one.person.id):
        await talk.core.privacy.forget(person_id=one.person.id, now=talk.now)


def _acting(
    talk: Talk, action: str, one: Profile, reason: str
) -> AbstractAsyncContextManager[None]:
    return acting(talk, action, subject=one.name, reason=reason, person_id=one.person.id)


ACTS = (
    Act("uk", "people.freeze", mark("🧊 No more bookings by {name}?"), mark("Yes, freeze"),
        mark("{name} can't book any more, reads the reason and how to answer. What is booked stays; "
             "the list of orders is one tap away."),
        (mark("Doesn't open the door again and again"), mark("Doesn't pay"),
         mark("Rude or threatening"), mark("Several accounts of one person")),
        _freeze_customer, told=True),
    Act("ul", "people.unfreeze", mark("☀️ May {name} book again?"), mark("Yes, let go on"),
        mark("{name} can book at once and is told."),
        (mark("It is cleared up"), mark("Frozen by mistake")), _unfreeze_customer),
    Act("uf", "people.freeze", mark("🧊 No more work for {name}?"), mark("Yes, freeze"),
        mark("{name} gets no new orders and hears the reason. Every open order goes to somebody else."),
        (mark("Doesn't come to visits"), mark("Serious complaints"), mark("Papers in doubt"),
         mark("Works past the platform")),
        _freeze_provider, told=True),
    Act("ug", "people.unfreeze", mark("☀️ May {name} work again?"), mark("Yes, let go on"),
        mark("{name} is found again and may take orders."),
        (mark("It is cleared up"), mark("Frozen by mistake")), _unfreeze_provider),
    Act("ud", "people.delete", mark("🗑 Delete everything about {name}?"), mark("Yes, delete for good"),
        mark("Name, phone, addresses, messages and pictures go for good. Orders and money stay in the "
             "books without a name. This can't be undone."),
        (mark("The person asked for it"), mark("An account nobody uses")), _delete),
)  # fmt: skip


def rows() -> tuple[Row, ...]:
    return tuple(row for act in ACTS for row in _rows(act))


def _rows(act: Act) -> tuple[Row, ...]:
    """Why (with ready answers or own words), then are you sure, then done."""

    async def why(talk: Talk, person_id: int) -> Screen:
        one = await talk.core.profiles.look(person_id=person_id)
        if act.code == "ud":
            hindered = await talk.core.privacy.hindrances(person_id=person_id, now=talk.now)
            if hindered.any:
                return act_screens.hindered(talk.words, one, hindered)
        talk.expect(act.code, person=person_id, who=talk.memory.get("who"))
        return act_screens.why(talk.words, act.code, act.title, act.reasons, one)

    async def said(talk: Talk) -> Screen:
        reason = " ".join(talk.incoming.text.split())[:200]
        person_id, who = int(talk.memory["person"]), talk.memory.get("who")
        if not reason:
            return await why(talk, person_id)
        talk.expect(act.code, person=person_id, who=who, reason=reason)
        return await sure(talk, person_id, OWN_WORDS)

    async def sure(talk: Talk, person_id: int, number: int) -> Screen:
        reason = _reason(talk, act, person_id, number)
        if not reason:
            return await why(talk, person_id)
        one = await talk.core.profiles.look(person_id=person_id)
        read = theirs(talk.words, one.person).known(reason) if act.told else ""
        return act_screens.sure(
            talk.words, act.code, (act.title, act.effect, act.yes), one, number, reason, read
        )

    async def done(talk: Talk, person_id: int, number: int) -> Screen:
        reason = _reason(talk, act, person_id, number)
        if not reason:
            return await why(talk, person_id)
        one = await talk.core.profiles.look(person_id=person_id)
        kept = theirs(talk.words, one.person).known(reason) if act.told else reason
        try:
            await act.run(talk, one, kept)
        except (AlreadyDone, NotAllowedNow, OutOfDate):
            return await _outrun(talk, person_id)
        except Invalid:
            return await why(talk, person_id)
        talk.toast(talk.words.plain("Done."))
        return await show(talk, person_id)

    return (
        Tap(f"{act.code}r", act.action, why),
        Tap(f"{act.code}s", act.action, sure),
        Tap(f"{act.code}y", act.action, done, grave=True),
        Say(act.code, act.action, said),
    )


async def _outrun(talk: Talk, person_id: int) -> Screen:
    """Somebody else did it a moment ago: who, and how things stand."""
    one = await talk.core.profiles.look(person_id=person_id)
    name = one.history[0].name if one.history else ""
    talk.toast(talk.words.plain("{name} was faster. Please look again.", name=name), alert=True)
    return await show(talk, person_id)


def _reason(talk: Talk, act: Act, person_id: int, number: int) -> str:
    """The ready reason of the button, or the words typed for this very person."""
    if 0 <= number < len(act.reasons):
        return act.reasons[number]
    mine = talk.memory.get("person") == person_id
    return str(talk.memory.get("reason") or "") if mine else ""
