"""Where the money goes: the kind, the number, the holder's name, and a look at it before it counts.

A number is sealed the moment it was typed, and right or wrong taken out of the chat.
"""

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.parts import saying
from bot.provider.payout import account_screens as screens
from bot.provider.payout.handlers import desk
from bot.screen import Screen
from core.errors import Invalid, Unknown
from core.payouts.model import AccountKind


async def account(talk: Talk) -> Screen:
    talk.rest()
    talk.core.accounts.ready()
    return screens.account(talk.words, await talk.core.accounts.current(person_id=talk.person.id))


async def kind(talk: Talk, code: str) -> Screen:
    talk.core.accounts.ready()
    if code not in {one.value for one in AccountKind}:
        return await account(talk)
    talk.expect("payout_number", kind=code)
    return screens.ask_number(talk.words, AccountKind(code))


async def number_said(talk: Talk) -> Screen:
    chosen = AccountKind(talk.memory["kind"])
    await talk.messenger.delete(talk.incoming.chat_id, talk.incoming.message_id)
    try:
        sealed = await talk.core.accounts.begin(
            person_id=talk.person.id, kind=chosen, number=talk.incoming.text
        )
    except Invalid as error:
        return saying(screens.ask_number(talk.words, chosen), sentence(error, talk.words))
    talk.expect("payout_holder", kind=chosen.value, sealed=sealed)
    return screens.ask_holder(talk.words, chosen)


async def holder_said(talk: Talk) -> Screen:
    chosen, begun = AccountKind(talk.memory["kind"]), str(talk.memory["sealed"])
    try:
        sealed, masked = await talk.core.accounts.complete(
            person_id=talk.person.id, sealed=begun, holder=talk.incoming.text
        )
    except Invalid as error:
        return saying(screens.ask_holder(talk.words, chosen), sentence(error, talk.words))
    talk.expect("payout_holder", kind=chosen.value, sealed=sealed)
    return screens.check(talk.words, chosen, masked, talk.incoming.text.strip())


async def save(talk: Talk) -> Screen:
    """What is on the screen counts from now on; an old button saves nothing."""
    sealed = str(talk.memory.get("sealed") or "")
    try:
        await talk.core.accounts.save(person_id=talk.person.id, sealed=sealed, now=talk.now)
    except (Invalid, Unknown):
        return await account(talk)
    talk.toast(talk.words.plain("Saved."))
    return await desk(talk)
