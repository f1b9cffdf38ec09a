"""How withdrawals look. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.adapters.qr import qr_picture
from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, short
from bot.screen import Button, Page, Screen, press
from core.payouts.binding import Address
from core.payouts.model import AccountKind, Payout, PayoutAccount, PayoutState
from core.payouts.rules import Purse
from core.payouts.service import Wish

PER_PAGE = 5


def _to(words: Words, account: PayoutAccount) -> str:
    return f"{names.account(account.kind, words)} {account.masked}"


def balances(words: Words, purse: Purse) -> Markup:
    """What can be had now, what will be, and why it isn't more."""
    has = purse.balances
    next_ = purse.coming[0] if purse.coming else None
    return lines(
        words("Available: <b>{amount}</b>", amount=words.money(has.available)),
        words("On hold: {amount}, the next {some} until {day}", amount=words.money(has.pending),
              some=words.money(next_[1]), day=words.month_day(words.local(next_[0]).date()))
        if next_ else None,
        words("Owed for cash you took: {amount}", amount=words.money(has.debt))
        if has.debt else None,
        words("On its way to you: {amount}", amount=words.money(has.paying))
        if has.paying else None,
    )  # fmt: skip


def desk(words: Words, purse: Purse) -> Screen:
    text = lines(
        words("💸 <b>Withdraw</b>"), balances(words, purse), GAP,
        words("To: {account}", account=_to(words, purse.account)) if purse.account
        else words("Add the account you want to be paid to first."),
        _when(words, purse),
    )  # fmt: skip
    return Screen(text, [*_ways(words, purse), _more(words, purse), _away(words)])


def _when(words: Words, purse: Purse) -> Markup | None:
    if purse.cool_until:
        local = words.local(purse.cool_until)
        return words("🔒 The account is new. Withdrawals are possible from {day} {time}.",
                     day=words.weekday_date(local.date()), time=words.time(purse.cool_until))  # fmt: skip
    if purse.account is None or purse.most:
        return None
    if purse.day_left < purse.least:
        return words("That's all for today. More from tomorrow.")
    until = purse.free_with(purse.least)
    least = words.money(purse.least)
    if until is None:
        return words("A withdrawal is at least {amount}.", amount=least)
    day = words.month_day(words.local(until).date())
    return words("A withdrawal is at least {amount}: possible from {day}.", amount=least, day=day)


def _ways(words: Words, purse: Purse) -> list[list[Button]]:
    if purse.account is None:
        add = words.plain("➕ Add account")
        return [[Button(add, press("pacc"), style="primary")]]
    if not purse.most:
        return []
    all_ = words.plain("💸 Withdraw {amount}", amount=words.money(purse.most))
    return [
        [Button(all_, press("wdmost"), style="primary")],
        [Button(words.plain("✏️ Another amount"), press("wdask"))],
    ]


def _more(words: Words, purse: Purse) -> list[Button]:
    """Where there is no account yet, adding one is the first button already."""
    account = [Button(words.plain("🏦 Account"), press("pacc"))] if purse.account else []
    return [
        *account,
        Button(words.plain("🧾 Withdrawals"), press("wdlist", 0)),
    ]


def _away(words: Words) -> list[Button]:
    return [back(words, press("money")), *home_row(words)]


def ask(words: Words, purse: Purse) -> Screen:
    text = lines(
        words("✏️ <b>How much?</b>"),
        words("From {low} to {high}. Type the amount.", low=words.money(purse.least),
              high=words.money(max(purse.most, purse.least))),
    )  # fmt: skip
    return Screen(text, [[back(words, press("wd")), *home_row(words)]])


def confirm(words: Words, wish: Wish) -> Screen:
    amount = words.money(wish.amount)
    text = lines(
        words("💸 <b>Withdraw {amount}?</b>", amount=amount),
        words("To: {account}", account=_to(words, wish.account)), GAP,
        words("Our staff check it and send it. An amount this large is checked by two of them.")
        if wish.second else words("Our staff check it and send it."),
        words("Then you confirm it in WeChat within 24 hours; we'll show you how.")
        if wish.account.kind is AccountKind.WECHAT else None,
    )  # fmt: skip
    go = Button(words.plain("✅ Withdraw {amount}", amount=amount), press("wdgo", wish.id),
                style="primary")  # fmt: skip
    return Screen(text, [[go], [back(words, press("wd")), *home_row(words)]])


def one(
    words: Words, payout: Payout, account: PayoutAccount, address: Address | None = None
) -> Screen:
    """`address` is where its payee says yes."""
    asked = address if payout.state is PayoutState.CONFIRMING else None
    sign, state = names.PAYOUTS[payout.state]
    text = lines(
        Markup("{} <b>{}</b> · {}").format(
            sign, words.money(payout.amount, payout.currency), words.plain(state)
        ),
        words("To: {account}", account=_to(words, account)),
        words("Asked for: {when}", when=words.lasting(payout.asked_at)),
        words("Done: {when}", when=words.lasting(payout.ended_at))
        if payout.ended_at else None,
        words("Reason: {reason}", reason=short(names.not_sent(payout.reason, words), 200))
        if payout.reason else None,
        words("Number: <code>{number}</code>", number=payout.number),
        *([GAP, *_confirming(words, payout)] if asked else ()),
    )  # fmt: skip
    rows = [
        *([[Button(words.plain("🟢 Take it in WeChat"), url=asked.url, style="success")]]
          if asked else []),
        [Button(words.plain("🧾 Withdrawals"), press("wdlist", 0))],
        [back(words, press("wd")), *home_row(words)],
    ]  # fmt: skip
    return Screen(text, rows, photo=qr_picture(asked.code, name="wechat.png") if asked else None)


def _confirming(words: Words, payout: Payout) -> list[Markup]:
    """What to do, by when, and that nothing is lost."""
    assert payout.confirm_until is not None
    return [
        words("1. Scan the code with the WeChat you bound, or open the page."),
        words("2. Tap “Take it in WeChat” and confirm there."),
        words("⏳ By <b>{when}</b>. After that it goes back to your balance, and you can withdraw it again.",
              when=words.lasting(payout.confirm_until)),
    ]  # fmt: skip


def mine(words: Words, payouts: Sequence[Payout], number: int) -> Screen:
    page = Page.of(payouts, number, PER_PAGE)
    text = lines(
        words("🧾 <b>Your withdrawals</b>"),
        words("Tap one to see where it is.") if payouts else words("None yet."),
    )
    rows = [[_row(words, payout)] for payout in page.items]
    return Screen(
        text, [*rows, *page.turns("wdlist"), [back(words, press("wd")), *home_row(words)]]
    )


def _row(words: Words, payout: Payout) -> Button:
    sign, _ = names.PAYOUTS[payout.state]
    day = words.month_day(words.local(payout.asked_at).date())
    amount = words.money(payout.amount, payout.currency)
    return Button(f"{sign} {day} · {amount}", press("wdone", payout.id))
