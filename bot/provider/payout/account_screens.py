"""How the account to be paid to looks: masked, but for the name while it is checked. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.adapters.qr import qr_picture
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines
from bot.screen import Button, Card, Screen, press
from core.payouts.binding import Invitation
from core.payouts.model import AccountKind, PayoutAccount

ASKS = {
    AccountKind.BANK: mark("Type the number of your bank card."),
    AccountKind.ALIPAY: mark("Type your Alipay account: a phone number or an e-mail address."),
}


def account(words: Words, current: PayoutAccount | None, kinds: Sequence[AccountKind]) -> Screen:
    """`kinds`: what can be chosen here."""
    text = lines(
        words("🏦 <b>Where should your money go?</b>"), _now(words, current), GAP,
        words("Choose the kind of account. After a change withdrawals wait a while, for your safety.")
        if current else words("Choose the kind of account."),
    )  # fmt: skip
    ways = [Button(names.account(kind, words), press("packind", kind)) for kind in kinds]
    bound = current is not None and current.kind is AccountKind.WECHAT
    unbind = [[Button(words.plain("✂️ Unbind WeChat"), press("pacfree"))]] if bound else []
    return Screen(text, [ways[:1], ways[1:], *unbind, _away(words)])


def _now(words: Words, current: PayoutAccount | None) -> Markup:
    if current is None:
        return words("There is none yet.")
    if current.kind is AccountKind.WECHAT:
        return words("Now: <b>🟢 WeChat bound</b> · {name}", name=current.masked)
    return words(
        "Now: <b>{account}</b>", account=f"{names.account(current.kind, words)} {current.masked}"
    )


def bind(words: Words, invitation: Invitation) -> Screen:
    """A code for the phone, and the same as an address to tap."""
    text = lines(
        words("🟢 <b>1 of 2: your WeChat</b>"),
        words("Scan this code with WeChat and tap “Bind this WeChat” there. WeChat then tells us whom to pay; you don't"
              " type anything."),
        words("⏳ Good until {time}, and only once.", time=words.time(invitation.binding.until)),
    )  # fmt: skip
    rows = [
        [Button(words.plain("🟢 Open the page"), url=invitation.address.url)],
        [Button(words.plain("✅ I have bound it"), press("pacbound"))],
        [back(words, press("pacc")), *home_row(words)],
    ]
    picture = qr_picture(invitation.address.code, name="wechat.png")
    return Screen(text, rows, photo=picture, card=Card("payout_binding", invitation.binding.id))


def bound(words: Words) -> Screen:
    text = lines(words("🟢 <b>Your WeChat is bound.</b>"), words("Only your name is missing now."))
    go = Button(words.plain("➡️ Go on"), press("pacbound"), style="primary")
    return Screen(text, [[go], _away(words)])


def unbind(words: Words) -> Screen:
    text = lines(
        words("✂️ <b>Unbind your WeChat?</b>"),
        words("What is on its way to it still goes there. To withdraw again you add an account, and wait a while."),
    )  # fmt: skip
    yes = Button(words.plain("Yes, unbind"), press("pacfreed"), style="danger")
    return Screen(text, [[yes], [back(words, press("pacc")), *home_row(words)]])


def _away(words: Words) -> list[Button]:
    return [back(words, press("wd")), *home_row(words)]


def ask_number(words: Words, kind: AccountKind) -> Screen:
    text = lines(
        words("{kind} <b>1 of 2: the account</b>", kind=names.ACCOUNTS[kind][0]),
        words(ASKS[kind]),
        words("🔒 It is kept encrypted, and your message is taken out of this chat."),
    )
    return Screen(text, [[back(words, press("pacc")), *home_row(words)]])


def ask_holder(words: Words, kind: AccountKind) -> Screen:
    text = lines(
        words("{kind} <b>2 of 2: the name</b>", kind=names.ACCOUNTS[kind][0]),
        words("Type the holder's full name, exactly as it is registered there."),
    )
    return Screen(text, [[back(words, press("packind", kind)), *home_row(words)]])


def check(words: Words, kind: AccountKind, masked: str, holder: str) -> Screen:
    """The name stands there whole this once: nobody finds a slip in what is hidden."""
    text = lines(
        words("<b>Is this right?</b>"),
        f"{names.account(kind, words)} {masked}", words("👤 Holder: <b>{name}</b>", name=holder), GAP,
        words("To mend the name type it again; for another number go back."),
    )  # fmt: skip
    save = Button(words.plain("✅ Save"), press("pacsave"), style="primary")
    return Screen(text, [[save], [back(words, press("packind", kind)), *home_row(words)]])
