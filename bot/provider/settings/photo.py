"""The photo on the own page of somebody who works here: sent, and there once staff have looked at it."""

from bot.conversation import Talk
from bot.provider.anytime import typed
from bot.provider.apply import papers
from bot.provider.apply.screens import no_photo
from bot.provider.parts import saying
from bot.provider.settings import screens
from bot.provider.settings.handlers import settings
from bot.screen import Screen
from core.people.model import ProviderState


async def ask_photo(talk: Talk) -> Screen:
    """Whoever doesn't work here yet sends it with the application; on hold there is nothing to show."""
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    if provider is None or provider.state is not ProviderState.APPROVED:
        talk.toast(
            talk.words.plain("You can change it as soon as you may take orders."), alert=True
        )
        return await settings(talk)
    talk.expect("set.photo")
    waits = await talk.core.portraits.mine(person_id=talk.person.id)
    there = provider.photo_id is not None
    return screens.ask_photo(talk.words, there=there, waits=waits.id if waits else None)


async def photo_said(talk: Talk) -> Screen | None:
    """A picture is kept; words mean what they mean anywhere."""
    if not talk.incoming.attachments:
        return await typed(talk)
    sent = papers.named(talk.incoming.attachments)
    if sent is None or not sent.mime.startswith("image/"):
        return saying(await ask_photo(talk), no_photo(talk.words))
    kept = await talk.store(sent)
    await talk.core.portraits.send(
        person_id=talk.person.id, file_id=kept.file_id, now=talk.now
    )  # fmt: skip
    return saying(await settings(talk), screens.photo_sent(talk.words))
