"""Home by the state somebody is in, and the switch for the day."""

from dataclasses import replace

from bot.conversation import Talk
from bot.i18n import languages, mark
from bot.provider.appeal import screens as appeal_screens
from bot.provider.home import screens
from bot.screen import Screen
from core.orders.model import Order, State
from core.people.model import Provider, ProviderState

SWITCHED = {
    True: mark("You're on. New orders can come."),
    False: mark("You're off: no new orders until you're back. Visits you promised stay yours."),
}


async def start(talk: Talk) -> Screen:
    return await home_page(talk)


async def home_page(talk: Talk) -> Screen:
    """What there is to do now; words typed from here on are looked up."""
    talk.rest()
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    if provider is None:
        name = talk.core.rules.text("platform_name")
        return screens.welcome(talk.words, name, languages())
    if provider.state is ProviderState.FROZEN:
        return await _frozen(talk)
    if provider.state is not ProviderState.APPROVED:
        return await _applying(talk, provider)
    return screens.working(talk.words, provider, *await _today(talk), now=talk.now)


async def _frozen(talk: Talk) -> Screen:
    paused = await talk.core.appeals.paused(person_id=talk.person.id)
    passed_on = await talk.core.appeals.passed_on(paused=paused)
    return appeal_screens.frozen(talk.words, paused, passed_on, now=talk.now)


async def _applying(talk: Talk, provider: Provider) -> Screen:
    application = await talk.core.applications.open(person_id=talk.person.id)
    return screens.STATES[provider.state](talk.words, application)


async def _today(talk: Talk) -> tuple[list[Order], list[Order]]:
    """(offers that wait for an answer, today's promised visits)"""
    zone = talk.core.availability.zone
    day = talk.core.availability.today(now=talk.now)
    offers = await talk.core.offers.jobs(person_id=talk.person.id, states=[State.OFFERED])
    visits = await talk.core.offers.on_day(person_id=talk.person.id, day=day, zone=zone)
    return offers, [order for order in visits if order.state is not State.OFFERED]


async def switch(talk: Talk, on: int) -> Screen:
    """New orders come or stay away; visits that are promised stay."""
    await talk.core.schedule.set_working(person_id=talk.person.id, working=bool(on), now=talk.now)
    talk.toast(talk.words.plain(SWITCHED[bool(on)]))
    return await home_page(talk)


async def home(talk: Talk) -> Screen:
    """Answers what nothing else does: old buttons, commands nobody knows."""
    if talk.incoming.press:
        talk.toast(talk.words.plain("That button is out of date. Here is the start."))
    return await home_page(talk)


async def cancel(talk: Talk) -> Screen:
    busy = bool(talk.step)
    screen = await home_page(talk)
    return replace(
        screen, text=screens.stopped(talk.words, busy) + screen.text, close_keyboard=busy
    )
