"""The ways of a price outside the band: approved as it was shown, or rejected with a reason."""

from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.parts import me
from bot.admin.prices import screens
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen
from bot.words import PRICE_REASONS
from core.errors import AlreadyDone
from core.prices.deciding import Whole
from core.prices.model import RequestState
from core.taking.model import Matter, Taking


async def _look(talk: Talk, request_id: int) -> Whole:
    return await talk.core.price_desk.look(request_id=request_id)


async def _open(talk: Talk, one: Whole) -> None:
    if one.request.state is not RequestState.ASKED:
        raise AlreadyDone()


async def _card(talk: Talk, one: Whole, taking: Taking | None) -> Screen:
    return card(talk.words, one, taking)


def card(words: Words, one: Whole, taking: Taking | None) -> Screen:
    """One card per request, edited as it goes along."""
    return Screen(
        screens.whole(words, one, taking), _rows(words, one, taking),
        card=Card("price", one.request.id),
    )  # fmt: skip


def _rows(words: Words, one: Whole, taking: Taking | None) -> list[list[Button]]:
    request = one.request
    if request.state is not RequestState.ASKED:
        return []
    yes = words.plain("✅ Approve {price}", price=words.money(request.price))
    decide = [
        Button(yes, PRICES.begins("a", request.id, one), style="success"),
        Button(words.plain("✖ Reject"), PRICES.begins("r", request.id, one), style="danger"),
    ]
    return [decide, PRICES.hand(words, request.id, taking)]


async def _approve(talk: Talk, one: Whole, chosen: Chosen) -> None:
    await talk.core.price_desk.approve(
        request_id=one.request.id, price=one.request.price, by=(await me(talk)).telegram_id,
        now=talk.now,
    )  # fmt: skip


async def _reject(talk: Talk, one: Whole, chosen: Chosen) -> None:
    await talk.core.price_desk.reject(
        request_id=one.request.id, by=(await me(talk)).telegram_id, reason=chosen.reason,
        now=talk.now,
    )  # fmt: skip


PRICES: Deciding[Whole] = Deciding(
    matter=Matter.PRICE, prefix="pq", action="prices.decide", opens="pqv",
    look=_look, card=_card, check=_open, ended=screens.ended,
    subject=lambda one: one.provider.name, whom=lambda one: one.provider.person_id,
    note=lambda words, one: f"{words.pick(one.service.names)} {words.money(one.request.price)}",
    ways=(
        Way("a", _approve, "✅", sure=False, seen=lambda one: one.request.price),
        Way("r", _reject, "✖", screens.ask_why, mark("✖ Reject"), "danger",
            why=Usual(PRICE_REASONS), sure=False),
    ),
)  # fmt: skip
