"""The ways of a new photo: approved as it was shown, or rejected with a reason."""

from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.parts import me
from bot.admin.portraits import screens
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from bot.words import PORTRAIT_REASONS
from core.errors import AlreadyDone
from core.portraits.model import PortraitState
from core.portraits.service import Sitter
from core.taking.model import Matter, Taking


async def _look(talk: Talk, portrait_id: int) -> Sitter:
    return await talk.core.portraits.look(portrait_id=portrait_id)


async def _open(talk: Talk, one: Sitter) -> None:
    if one.portrait.state is not PortraitState.SENT:
        raise AlreadyDone()


async def _card(talk: Talk, one: Sitter, taking: Taking | None) -> Screen:
    return card(talk.words, one, taking)


def card(words: Words, one: Sitter, taking: Taking | None) -> Screen:
    """One card per photo that waits, edited as it goes along."""
    return Screen(
        screens.whole(words, one, taking), _rows(words, one, taking),
        card=Card("portrait", one.portrait.id),
    )  # fmt: skip


def _rows(words: Words, one: Sitter, taking: Taking | None) -> list[list[Button]]:
    key = one.portrait.id
    if one.portrait.state is not PortraitState.SENT:
        return []
    decide = [
        Button(words.plain("✅ Approve"), PORTRAITS.begins("a", key, one), style="success"),
        Button(words.plain("✖ Reject"), PORTRAITS.begins("r", key, one), style="danger"),
    ]
    look = [Button(words.plain("🖼 See photo"), press("fof", key))]
    return [decide, look, PORTRAITS.hand(words, key, taking)]


async def _approve(talk: Talk, one: Sitter, chosen: Chosen) -> None:
    await talk.core.portraits.approve(
        portrait_id=one.portrait.id, version=one.portrait.version,
        by=(await me(talk)).telegram_id, now=talk.now,
    )  # fmt: skip


async def _reject(talk: Talk, one: Sitter, chosen: Chosen) -> None:
    await talk.core.portraits.reject(
        portrait_id=one.portrait.id, by=(await me(talk)).telegram_id, reason=chosen.reason,
        now=talk.now,
    )  # fmt: skip


PORTRAITS: Deciding[Sitter] = Deciding(
    matter=Matter.PORTRAIT, prefix="fo", action="photos.decide", opens="fov",
    look=_look, card=_card, check=_open, ended=screens.ended,
    subject=lambda one: one.provider.name, whom=lambda one: one.provider.person_id,
    ways=(
        Way("a", _approve, "✅", sure=False, seen=lambda one: one.portrait.version),
        Way("r", _reject, "✖", screens.ask_why, mark("✖ Reject"), "danger",
            why=Usual(PORTRAIT_REASONS), sure=False, seen=lambda one: one.portrait.version),
    ),
)  # fmt: skip
