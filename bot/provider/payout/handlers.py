"""Amounts tapped or typed become a wish, the wish confirmed becomes one payout."""

from dataclasses import replace

from bot.amounts import read_amount
from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.anytime import typed
from bot.provider.parts import saying
from bot.provider.payout import screens
from bot.screen import Card, Screen
from core.errors import PayoutRefused, Unknown


async def command(talk: Talk) -> Screen:
    return await desk(talk)


async def desk(talk: Talk) -> Screen:
    """What there is; an amount may be typed straight away."""
    talk.expect("payout_amount")
    purse = await talk.core.payouts.purse(person_id=talk.person.id, now=talk.now)
    return screens.desk(talk.words, purse)


async def ask(talk: Talk) -> Screen:
    talk.expect("payout_amount", asked=True)
    purse = await talk.core.payouts.purse(person_id=talk.person.id, now=talk.now)
    return screens.ask(talk.words, purse)


async def most(talk: Talk) -> Screen:
    purse = await talk.core.payouts.purse(person_id=talk.person.id, now=talk.now)
    return await _wish(talk, purse.most or purse.balances.free)


async def amount_said(talk: Talk) -> Screen | None:
    """On the desk words that are no amount mean what they mean anywhere else."""
    amount = read_amount(talk.incoming.text, talk.words.currency)
    if amount is None and not talk.memory.get("asked"):
        talk.rest()
        return await typed(talk)
    if amount is None:
        said = talk.words("Please type an amount, for example 200.")
        return saying(await ask(talk), said)
    return await _wish(talk, amount)


async def _wish(talk: Talk, amount: int) -> Screen:
    """What a rule refuses is said on the desk."""
    try:
        wish = await talk.core.payouts.wish(person_id=talk.person.id, amount=amount, now=talk.now)
    except PayoutRefused as refusal:
        return _said(talk, await desk(talk), refusal)
    talk.expect("payout_amount", wish=wish.id, amount=wish.amount)
    return screens.confirm(talk.words, wish)


def _said(talk: Talk, screen: Screen, refusal: PayoutRefused) -> Screen:
    text = sentence(refusal, talk.words)
    if talk.incoming.press:
        talk.toast(text, alert=True)
    return saying(screen, text)


async def confirmed(talk: Talk, payout_id: int) -> Screen:
    """The wish on the screen becomes a payout; tapped again, it is the same one."""
    if talk.memory.get("wish") != payout_id:
        try:
            return await one(talk, payout_id)
        except Unknown:
            talk.toast(talk.words.plain("That button is out of date. Here is how things stand."))
            return await desk(talk)
    try:
        await talk.core.payouts.withdraw(
            person_id=talk.person.id, wish_id=payout_id, amount=int(talk.memory["amount"]),
            now=talk.now,
        )  # fmt: skip
    except PayoutRefused as refusal:
        return _said(talk, await desk(talk), refusal)
    return await one(talk, payout_id)


async def mine(talk: Talk, page: int) -> Screen:
    talk.rest()
    return screens.mine(talk.words, await talk.core.payouts.mine(person_id=talk.person.id), page)


async def one(talk: Talk, payout_id: int) -> Screen:
    talk.rest()
    payout, account = await talk.core.payouts.one(person_id=talk.person.id, payout_id=payout_id)
    address = talk.core.bindings.to_confirm(number=payout.number)
    shown = screens.one(talk.words, payout, account, address)
    return replace(shown, card=Card("payout", payout.id))
