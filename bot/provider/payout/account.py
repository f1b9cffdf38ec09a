"""Where the money goes: the kind, the number, the holder's name, and a look at it before it counts.

A number is sealed the moment it was typed, and right or wrong taken out of the chat. A WeChat is not typed: its owner
binds it on a page of ours.
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
    current = await talk.core.accounts.current(person_id=talk.person.id)
    return screens.account(talk.words, current, _kinds(talk))


def _kinds(talk: Talk) -> list[AccountKind]:
    """Nobody can be sent money to a WeChat that nobody can bind."""
    return [kind for kind in AccountKind if kind is not AccountKind.WECHAT or talk.core.bindings.on]


async def kind(talk: Talk, code: str) -> Screen:
    talk.core.accounts.ready()
    if code not in {one.value for one in _kinds(talk)}:
        return await account(talk)
    if code == AccountKind.WECHAT:
        return await bind(talk)
    talk.expect("payout_number", kind=code)
    return screens.ask_number(talk.words, AccountKind(code))


async def bind(talk: Talk) -> Screen:
    """A fresh page each time; the one before binds nobody any more."""
    invitation = await talk.core.bindings.begin(person_id=talk.person.id, now=talk.now)
    talk.expect("payout_bind")
    return screens.bind(talk.words, invitation)


async def bound(talk: Talk) -> Screen | None:
    """With the WeChat goes the holder's name, as with every account."""
    sealed = await talk.core.bindings.bound(person_id=talk.person.id, now=talk.now)
    if not sealed:
        talk.toast(
            talk.words.plain("Not yet. Scan the code with WeChat and tap the button there."),
            alert=True,
        )
        return None
    talk.expect("payout_holder", kind=AccountKind.WECHAT.value, sealed=sealed)
    return screens.ask_holder(talk.words, AccountKind.WECHAT)


async def bind_said(talk: Talk) -> Screen | None:
    """Typed while the code is shown: the name, if WeChat told us who it is already."""
    sealed = await talk.core.bindings.bound(person_id=talk.person.id, now=talk.now)
    if not sealed:
        said = talk.words("Please scan the code with WeChat: a WeChat can't be typed.")
        return saying(await bind(talk), said)
    talk.expect("payout_holder", kind=AccountKind.WECHAT.value, sealed=sealed)
    return await holder_said(talk)


async def free(talk: Talk) -> Screen:
    talk.rest()
    current = await talk.core.accounts.current(person_id=talk.person.id)
    if current is None or current.kind is not AccountKind.WECHAT:
        return await account(talk)
    return screens.unbind(talk.words)


async def freed(talk: Talk) -> Screen:
    current = await talk.core.accounts.current(person_id=talk.person.id)
    if current is not None and current.kind is AccountKind.WECHAT:
        await talk.core.accounts.remove(person_id=talk.person.id)
        talk.toast(talk.words.plain("Your WeChat is unbound."))
    return await account(talk)


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
