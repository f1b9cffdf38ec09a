"""The list of coupons and the card of one: how it stands, what it costs, its code to share. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, short
from bot.admin.promotions.fields import FIELDS, Things
from bot.giving import gives, scope, until
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, grid, press
from core.promotions.model import Coupon
from core.promotions.service import Account

SIZE = 5
STATES = {
    "running": ("🟢", mark("running")),
    "soon": ("🕒", mark("not begun")),
    "paused": ("⏸", mark("paused")),
    "empty": ("⚪", mark("used up")),
    "over": ("⏹", mark("over")),
}


def state(coupon: Coupon, now: datetime) -> str:
    if coupon.ends_at <= now:
        return "over"
    if not coupon.active:
        return "paused"
    if coupon.starts_at > now:
        return "soon"
    return "empty" if coupon.used >= coupon.uses else "running"


def coupons(
    words: Words, found: Sequence[Account], number: int, now: datetime, *, over: bool, changes: bool
) -> Screen:  # fmt: skip
    page = Page.of(found, number, SIZE)
    head = words("🎟 <b>Coupons that are over</b>") if over else words("🎟 <b>Coupons</b>")
    told = [_line(words, one, now) for one in page.items] or [words("None yet.")]
    rows = [
        [Button(_label(words, one.coupon, now), press("kv", one.coupon.id))] for one in page.items
    ]
    other = Button(words.plain("🟢 Current ones"), press("kl", 0, 0)) if over else Button(
        words.plain("⏹ Those over"), press("kl", 1, 0)
    )  # fmt: skip
    new = [Button(words.plain("➕ New coupon"), press("kn"))] if changes else []
    return Screen(
        lines(head, Markup(""), *told), [*rows, [*new, other], *page.turns("kl", int(over))]
    )


def _label(words: Words, coupon: Coupon, now: datetime) -> str:
    return f"{STATES[state(coupon, now)][0]} {short(words.pick(coupon.names), 32)}"


def _line(words: Words, one: Account, now: datetime) -> Markup:
    coupon = one.coupon
    used = words("{used} of {uses} used", used=words.number(coupon.used),
                 uses=words.number(coupon.uses))  # fmt: skip
    return dotted(
        Markup("{} <b>{}</b>").format(STATES[state(coupon, now)][0], words.pick(coupon.names)),
        used, words("{money} off so far", money=words.money(one.granted)), until(words, coupon),
    )  # fmt: skip


def terms(words: Words, coupon: Coupon, things: Things) -> list[Markup]:
    """Each thing that is decided, a line each."""
    return [
        words("{what}: <b>{value}</b>", what=words.plain(field.head),
              value=field.show(words, coupon, things))
        for field in FIELDS
    ]  # fmt: skip


def coupon(
    words: Words, one: Account, things: Things, now: datetime, *, spent: int, changes: bool
) -> Screen:  # fmt: skip
    """`spent`: of its one-time codes, those that were used."""
    shown, sign = one.coupon, STATES[state(one.coupon, now)]
    code = words("Code: <code>{code}</code>", code=shown.code)
    left = max(0, shown.uses - shown.used)
    text = lines(
        Markup("🎟 <b>{}</b>").format(words.pick(shown.names)),
        Markup("{} {}").format(sign[0], words(sign[1])), Markup(""),
        *terms(words, shown, things),
        words("One-time codes: {spent} of {all} used", spent=words.number(spent),
              all=words.number(shown.uses)) if shown.singly else code,
        Markup(""),
        words("Used: <b>{used}</b> · left: {left}", used=words.number(shown.used),
              left=words.number(left)),
        words("Cost so far: <b>{granted}</b> off orders, {borne} of it settled",
              granted=words.money(one.granted), borne=words.money(one.borne)),
    )  # fmt: skip
    return Screen(text, _rows(words, shown, now, changes))


def _rows(words: Words, shown: Coupon, now: datetime, changes: bool) -> list[list[Button]]:
    over = shown.ends_at <= now
    share = (
        Button(words.plain("📄 Codes as a file"), press("kx", shown.id)) if shown.singly
        else Button(words.plain("🔗 Code and QR"), press("kq", shown.id))
    )  # fmt: skip
    seen = Button(words.plain("👀 As customers see it"), press("kw", shown.id))
    if not changes:
        return [[share, seen], back(words, press("kl", int(over), 0))]
    change = Button(words.plain("✏️ Extend") if over else words.plain("✏️ Change"),
                    press("ke", shown.id))  # fmt: skip
    pause = (
        Button(words.plain("⏸ Pause"), press("kp", shown.id, 0)) if shown.active
        else Button(words.plain("▶️ Go on"), press("kp", shown.id, 1))
    )  # fmt: skip
    more = [Button(words.plain("➕ More codes"), press("km", shown.id))] if shown.singly else []
    stop = Button(words.plain("⏹ Stop"), press("ksx", shown.id), style="danger")
    usual = [share, seen, *more] if over else [share, seen, *more, pause, stop]
    return [[change], *grid(usual), back(words, press("kl", int(over), 0))]


def stop(words: Words, shown: Coupon) -> Screen:
    text = lines(
        words("⏹ <b>Stop “{name}”?</b>", name=words.pick(shown.names)),
        words("Nobody can use it from now on. Orders that have it keep it."),
    )
    yes = Button(words.plain("Yes, stop it"), press("ksy", shown.id), style="danger")
    return Screen(text, [[yes], back(words, press("kv", shown.id))])


def share(words: Words, shown: Coupon, link: str, picture: File) -> Screen:
    text = lines(
        Markup("🎟 <b>{}</b>").format(words.pick(shown.names)),
        Markup("{}").format(gives(words, shown)),
        words("Code: <code>{code}</code>", code=shown.code),
        Markup("<code>{}</code>").format(link),
        words("The picture opens it, also printed."),
    )
    return Screen(
        text,
        [[Button(words.plain("📋 Copy the code"), copy=shown.code),
          Button(words.plain("📋 Copy the link"), copy=link)],
         back(words, press("kv", shown.id))],
        photo=picture, below=True,
    )  # fmt: skip


def as_customers(words: Words, shown: Coupon, things: Things) -> Screen:
    """As the deal's own page says it; prices come from where the customer is."""
    text = lines(
        words("👀 <b>As customers see it</b>"), Markup(""),
        words("🎁 <b>{name}</b>", name=words.pick(shown.names)),
        Markup("<b>{}</b>").format(gives(words, shown)),
        dotted(until(words, shown),
               words("for your first order") if shown.newcomers
               else words.plural("you can use it once", "you can use it {n} times",
                                 min(shown.per_person, shown.uses))),
        words("For: {what}", what=scope(words, shown, things)),
        Markup(""),
        words("Prices below it are those of whoever can come to them, with this taken off.")
        if shown.public and not shown.singly
        else words("It stands in no list: who has the code types it, or opens the link."),
    )  # fmt: skip
    return Screen(text, [back(words, press("kv", shown.id))])


def how_many(words: Words, shown: Coupon, most: int) -> Screen:
    text = lines(
        words("📄 <b>How many more codes?</b>"),
        words("Each is good for one visit. Tap or type a number up to {most}.", most=most),
    )
    buttons = [Button(words.number(n), press("kms", shown.id, n)) for n in (10, 50, 100, most)]
    return Screen(text, [*grid(buttons), back(words, press("kv", shown.id))])


def surely_more(words: Words, shown: Coupon, count: int, most: int) -> Screen:
    cost = words("They can cost up to {amount}.", amount=words.money(most)) if most else None
    text = lines(
        words.plural("📄 <b>Make {n} more code?</b>", "📄 <b>Make {n} more codes?</b>", count), cost
    )
    yes = Button(words.plain("Yes, make them"), press("kmy", shown.id, count, shown.version))
    return Screen(text, [[yes], back(words, press("km", shown.id))])


def codes(words: Words, shown: Coupon, made: File) -> Screen:
    text = lines(
        words("📄 <b>One-time codes of “{name}”</b>", name=words.pick(shown.names)),
        words("Each line has a code and its link. Whoever has one has the discount."),
    )
    return Screen(text, [back(words, press("kv", shown.id))], files=(made,), below=True)
