"""What a provider hears of prices: what staff decided, a new usual range, a certificate that was looked at."""

from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.letters import while_known
from bot.provider.parts import home_row, lines, short
from bot.provider.prices.screens import named
from bot.screen import Button, Screen, press
from core.catalog.model import Service
from core.people.expiry import Ending
from core.people.model import CertificateState, Skill
from core.prices.model import RequestState
from core.prices.service import within
from core.services import Core


def _open(words: Words, service: Service) -> list[list[Button]]:
    return [[Button(words.plain("🏷 See price"), press("pr", service.id))]]


async def price_answer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    one = await core.price_desk.look(request_id=letter.subject)
    request, service = one.request, one.service
    price = words.money(request.price)
    if request.state is RequestState.APPROVED:
        text = lines(
            words("✅ <b>{service}: {price} counts from now on.</b>",
                  service=named(service, words), price=price),
            words("You get {net}. Booked visits keep their price.",
                  net=words.money(one.net)),
        )  # fmt: skip
    elif request.state is RequestState.REJECTED:
        text = lines(
            words("✖ <b>{service}: {price} was not accepted.</b>",
                  service=named(service, words), price=price),
            words("Reason: {reason}", reason=short(words.known(request.reason), 300)),
            words("Your price stays as it was. You can ask again any time."),
        )  # fmt: skip
    else:
        return None
    return Screen(text, _open(words, service))


async def price_band(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Pointless once the price lies inside again."""
    skill = await core.store.get(Skill, id=letter.subject)
    service = core.catalog.service(service_id=skill.service_id) if skill else None
    if skill is None or service is None or within(service=service, price=skill.price):
        return None
    text = lines(
        words("🏷 <b>{service}: the usual range is {low} to {high} now.</b>",
              service=named(service, words), low=words.money(service.price_low),
              high=words.money(service.price_high)),
        words("Your {price} stays as it is. When you change it, the new range counts.",
              price=words.money(skill.price)),
    )  # fmt: skip
    return Screen(text, _open(words, service), quiet=True)


async def paper_judged(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    paper, _ = await core.papers.one(paper_id=letter.subject)
    kind = names.certificate(paper.kind, words)
    said: Markup
    if paper.state is CertificateState.VERIFIED:
        said = words("✅ <b>{paper} is confirmed.</b> Orders that need it can come.", paper=kind)
    else:
        said = lines(
            words("✖ <b>{paper} could not be accepted.</b>", paper=kind),
            words("Please send a better picture, or another certificate."),
        )
    return Screen(said, [[Button(words.plain("🏷 Prices"), press("prices", 0))]])


async def paper_ends(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """It runs out soon, or has: what that means, and the way to send the new one."""
    one = await core.expiry.look(paper_id=letter.subject, now=now)
    kind, day = names.certificate(one.paper.kind, words), words.date(one.paper.last)
    services = words.plain(", ").join(named(service, words) for service in one.services)
    left = (one.paper.last - one.today).days
    text = lines(
        words("❗ <b>{paper} has run out.</b>", paper=kind) if one.over
        else words.plural("⚠️ <b>{paper} runs out in {n} day, on {day}.</b>",
                          "⚠️ <b>{paper} runs out in {n} days, on {day}.</b>", left, paper=kind, day=day),
        _means(words, one, services) if services else None,
        words("Send the new one now. Our staff have a look, then it counts."),
    )  # fmt: skip
    renew = [
        [Button(words.plain("📄 Send the new one"), press("prpaper", service.id), style="primary")]
        for service in one.services[:1]
    ]
    return Screen(text, [*renew, home_row(words)])


def _means(words: Words, one: Ending, services: str) -> Markup:
    if not one.over:
        return words("After that no new orders come of: {services}.", services=services)
    if one.orders:
        return words(
            "No new orders come of: {services}. About booked visits our staff will be in touch.",
            services=services,
        )
    return words("No new orders come of: {services}.", services=services)


LETTERS: dict[str, Renderer] = {
    "paper_ends": while_known(paper_ends),
    "price_answer": price_answer,
    "price_band": price_band,
    "paper_judged": paper_judged,
}
