"""How a provider's prices look. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short
from bot.screen import Button, Page, Screen, press
from core.catalog.model import Service
from core.money import exponent
from core.prices.service import Asking, within

SAVED = mark("Saved. It counts for new bookings.")
ASKED = mark("Sent to our staff. Your price counts as before until they answer.")
SWITCHED = {
    True: mark("New bookings of it come again."),
    False: mark("Paused: no new bookings of it. Visits that are booked stay yours."),
}
PER_PAGE = 5
STEPS = (1, 2, 5, 10, 20, 50, 100)


def named(service: Service, words: Words, most: int = 40) -> str:
    return f"{service.emoji} {short(words.pick(service.names), most)}".strip()


def prices(words: Words, mine: Sequence[Asking], number: int) -> Screen:
    """All services with what counts now and what is under way."""
    page = Page.of(mine, number, PER_PAGE)
    text = lines(
        words("🏷 <b>Your services and prices</b>"), GAP,
        *(_line(each, words) for each in page.items), GAP,
        words("Tap one to change it. Booked visits keep their price."),
    )  # fmt: skip
    rows = [
        [Button(f"{named(each.service, words, 24)} · {words.money(each.skill.price)}",
                press("pr", each.service.id))]
        for each in page.items
    ]  # fmt: skip
    add = Button(words.plain("➕ Add a service"), press("pradd", 0))
    return Screen(text, [*rows, *page.turns("prices"), [add, *home_row(words)]])


def _line(each: Asking, words: Words) -> Markup:
    told = Markup("{} · <b>{}</b>").format(
        named(each.service, words), words.money(each.skill.price)
    )
    return lines(told, *(Markup("   {}").format(said) for said in _states(each, words)))


def _states(each: Asking, words: Words) -> list[Markup]:
    """What there is to know about it beside its price."""
    told = []
    if each.request is not None:
        asked = words.money(each.request.price)
        told.append(words("⏳ {price} is with our staff", price=asked))
    if not each.skill.active:
        told.append(words("⏸ paused"))
    if each.lacks:
        paper = names.certificate(each.lacks, words)
        told.append(
            words("📄 {paper}: being checked", paper=paper) if each.being_checked
            else words("📄 {paper}: missing, no orders come", paper=paper)
        )  # fmt: skip
    elif each.ends:
        paper, day = names.certificate(each.service.certificate or "", words), words.date(each.ends)
        told.append(
            words("📄 {paper}: the new one is being checked", paper=paper) if each.being_checked
            else words("⚠️ {paper}: runs out on {day}", paper=paper, day=day)
        )  # fmt: skip
    return told


def _band(service: Service, words: Words) -> Markup:
    return words("Usual range: {low} to {high}", low=words.money(service.price_low),
                 high=words.money(service.price_high))  # fmt: skip


def one(words: Words, each: Asking, *, now: datetime) -> Screen:
    service, price = each.service, each.skill.price
    text = lines(
        Markup("🏷 <b>{}</b>").format(named(service, words)),
        words("Your price: <b>{price}</b>, you get {net}", price=words.money(price),
              net=words.money(each.net(price=price))),
        _band(service, words),
        None if each.inside else words("Yours lies outside. It counts until you change it."),
        _nearby(each, words), *_states(each, words), _asked(each, words, now), GAP,
        words("<b>Another price?</b> Tap, or type it."),
    )  # fmt: skip
    return Screen(text, [_steps(each, price, words), *_ways(each, words)])


def _nearby(each: Asking, words: Words) -> Markup | None:
    if each.market is None:
        return None
    return words("Others nearby: mostly {low} to {high}", low=words.money(each.market.low),
                 high=words.money(each.market.high))  # fmt: skip


def _asked(each: Asking, words: Words, now: datetime) -> Markup | None:
    if each.request is None:
        return None
    return words("Asked for: {when}", when=words.moment(each.request.asked_at, now=now))


def _steps(each: Asking, price: int, words: Words) -> list[Button]:
    """A step down and a step up from this price, about a twentieth of it."""
    step = step_of(price, words.currency)
    return [
        Button(words.plain("− {amount}", amount=words.money(step)),
               press("prlook", each.service.id, max(1, price - step))),
        Button(words.plain("+ {amount}", amount=words.money(step)),
               press("prlook", each.service.id, price + step)),
    ]  # fmt: skip


def step_of(price: int, currency: str) -> int:
    """1, 2, 5, 10 … whole units of the currency."""
    unit: int = 10 ** exponent(currency=currency)
    wanted = price // unit / 20
    chosen: int = next((step for step in STEPS if step >= wanted), STEPS[-1])
    return unit * chosen


def _ways(each: Asking, words: Words) -> list[list[Button]]:
    key, on = each.service.id, each.skill.active
    pause = words.plain("⏸ Pause") if on else words.plain("▶️ Offer again")
    rows = []
    if each.request is not None:
        rows.append([Button(words.plain("↩️ Take the request back"), press("prback", key))])
    if (each.lacks or each.ends) and not each.being_checked:
        send = words.plain("📄 Send the certificate")
        rows.append([Button(send, press("prpaper", key), style="primary")])
    rows.append([
        Button(pause, press("prpause", key, int(not on))),
        Button(words.plain("🗑 Remove"), press("prdrop", key), style="danger"),
    ])  # fmt: skip
    return [*rows, [back(words, press("prices", 0)), *home_row(words)]]


def look(words: Words, each: Asking, price: int, note: str) -> Screen:
    """The price before it counts: what is left of it, and whether staff look first."""
    service, former = each.service, each.skill.price
    inside = within(service=service, price=price) or price == former
    text = lines(
        Markup("🏷 <b>{}</b>").format(named(service, words)),
        words("{former} → <b>{price}</b>", former=words.money(former), price=words.money(price)),
        words("You get {net} after {percent}% commission (now {before}).",
              net=words.money(each.net(price=price)),
              percent=words.number(each.rate_bp / 100),
              before=words.money(each.net(price=former))),
        _band(service, words), _nearby(each, words), GAP,
        *(_inside(words) if inside else _outside(words, former, note)),
    )  # fmt: skip
    label = words.plain("✅ Save {price}", price=words.money(price))
    ask = words.plain("📨 Ask for {price}", price=words.money(price))
    go = Button(label if inside else ask, press("prgo", service.id, price), style="primary")
    away = [back(words, press("pr", service.id)), *home_row(words)]
    return Screen(text, [[go], _steps(each, price, words), away])


def _inside(words: Words) -> list[Markup]:
    return [words("It counts for new bookings at once. Booked visits keep their price.")]


def _outside(words: Words, former: int, note: str) -> list[Markup]:
    return [
        words("That's outside the usual range, so our staff look at it first. Until then {price} counts.",
              price=words.money(former)),
        words("Why: {note}", note=short(note, 300)) if note
        else words("Type why, if you like: it helps them decide."),
    ]  # fmt: skip


def ask_drop(words: Words, each: Asking) -> Screen:
    text = lines(
        words("🗑 <b>Stop offering {service}?</b>", service=named(each.service, words)),
        words("No new bookings of it come. Visits that are booked stay yours. Only for a while? Then pause it."),
    )  # fmt: skip
    yes = Button(words.plain("🗑 Yes, remove"), press("prdropok", each.service.id), style="danger")
    rows = [[yes], [back(words, press("pr", each.service.id)), *home_row(words)]]
    if each.skill.active:
        pause = Button(words.plain("⏸ Pause"), press("prpause", each.service.id, 0))
        rows.insert(1, [pause])
    return Screen(text, rows)
