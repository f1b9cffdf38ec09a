"""How the account to be paid to looks: masked, but for the name while it is checked. Pure."""

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines
from bot.screen import Button, Screen, press
from core.payouts.model import AccountKind, PayoutAccount

ASKS = {
    AccountKind.BANK: mark("Type the number of your bank card."),
    AccountKind.ALIPAY: mark("Type your Alipay account: a phone number or an e-mail address."),
    AccountKind.WECHAT: mark("Type your WeChat ID or the phone number of your WeChat."),
}


def account(words: Words, current: PayoutAccount | None) -> Screen:
    now = (
        words("Now: <b>{account}</b>", account=f"{names.account(current.kind, words)} {current.masked}")
        if current else words("There is none yet.")
    )  # fmt: skip
    text = lines(
        words("🏦 <b>Where should your money go?</b>"), now, GAP,
        words("Choose the kind of account. After a change withdrawals wait a while, for your safety.")
        if current else words("Choose the kind of account."),
    )  # fmt: skip
    kinds = [Button(names.account(kind, words), press("packind", kind)) for kind in AccountKind]
    return Screen(text, [kinds[:1], kinds[1:], _away(words)])


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
