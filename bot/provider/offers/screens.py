"""How an offer looks, open and gone. Made of `Offer` alone, which knows nothing personal."""

from collections.abc import Iterable
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import GAP, home_row, lines, photos_asked, short, titled, work
from bot.screen import Button, Card, Screen, press
from core.ids import spell_order_number
from core.orders.offers import Gone, Offer

ENDS = {
    Gone.TAKEN: mark("🤝 <b>Somebody else has taken it</b>"),
    Gone.WITHDRAWN: mark("✖️ <b>It was withdrawn</b>"),
    Gone.LATE: mark("⌛ <b>The time to answer is over</b>"),
    Gone.UNSEEN: mark("📵 <b>It couldn't reach you, so we asked somebody else</b>"),
    Gone.DECLINED: mark("👌 <b>You declined it</b>"),
    Gone.DROPPED: mark("↩️ <b>You gave it back</b>"),
    Gone.MINE: mark("✅ <b>You accepted it</b>"),
}


def card(offer: Offer, words: Words, *, now: datetime, again: bool = False) -> Screen:
    """The offer as it is now; `again` says that half of the time has passed."""
    if offer.gone is not None:
        return _gone(offer, offer.gone, words)
    title = (
        words("⏰ <b>Still waiting for your answer</b>") if again else words("🔔 <b>New order</b>")
    )
    text = lines(
        title, GAP, *_what(offer, words, now), GAP, *_money(offer, words), _until(offer, words, now)
    )
    rows = [
        [Button(words.plain("✅ Accept"), press("accept", offer.order_id), style="success")],
        [Button(words.plain("✖ Decline"), press("decline", offer.order_id), style="danger")],
        home_row(words),
    ]
    return Screen(text, rows, card=Card("offer", offer.order_id))


def _head(offer: Offer, words: Words) -> Iterable[Markup]:
    yield Markup("<b>{}</b> · <code>{}</code>").format(
        titled(offer.tasks, words), spell_order_number(offer.number)
    )
    yield Markup("🕒 <b>{}</b>").format(words.lasting_span(offer.starts_at, offer.minutes))


def _what(offer: Offer, words: Words, now: datetime) -> Iterable[Markup]:
    yield from _head(offer, words)
    if offer.rhythm:
        yield words("{rhythm}; you answer for each visit by itself",
                    rhythm=names.rhythm(offer.rhythm, words))  # fmt: skip
    yield _where(offer, words)
    yield from work(offer.tasks, words)
    if offer.notes:
        yield Markup("📝 {}").format(short(offer.notes, 500))
    if asked := photos_asked(offer.work_photos, words):
        yield asked
    if offer.photos:
        yield words.plural("📷 {n} photo", "📷 {n} photos", len(offer.photos))


def _where(offer: Offer, words: Words) -> Markup:
    place = short(words.place(offer.area), 60) or words.plain("near you")
    if offer.km is None or offer.travel_min is None:
        return words("📍 {place}", place=place)
    return words(
        "📍 {place}, about {km} from you ({time} on the way)", place=place,
        km=words.distance(offer.km), time=words.minutes(offer.travel_min),
    )  # fmt: skip


def _money(offer: Offer, words: Words) -> Iterable[Markup]:
    made, currency = offer.earning, offer.currency
    yield words("💰 <b>You earn {net}</b>", net=words.money(made.net, currency))
    yield words(
        "Price {gross}, commission {commission}", gross=words.money(made.gross, currency),
        commission=words.money(made.commission, currency),
    )  # fmt: skip
    if offer.cash == made.gross:
        yield words("💵 All of it is paid to you on site")
    elif offer.cash:
        yield words(
            "💵 {cash} of it is paid to you on site", cash=words.money(offer.cash, currency)
        )


def _until(offer: Offer, words: Words, now: datetime) -> Markup | None:
    if offer.until is None:
        return None
    return words("⏳ Answer until <b>{time}</b>", time=words.by(offer.until, now=now))


def _gone(offer: Offer, gone: Gone, words: Words) -> Screen:
    """A card without a way to answer: it says why and what it was."""
    text = lines(words(ENDS[gone]), GAP, *_head(offer, words))
    rows = [home_row(words)]
    if gone is Gone.MINE:
        rows.insert(0, [Button(words.plain("📋 See job"), press("job", offer.order_id))])
    return Screen(text, rows, card=Card("offer", offer.order_id))
