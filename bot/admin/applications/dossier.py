"""Everything an applicant told, in words."""

from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import dotted, lines, named, secret, short
from bot.i18n import Words, mark
from bot.week import week
from core.catalog.service import Catalog
from core.inquiries.model import Inquiry
from core.people.dossier import NOT_SAID, Application
from core.people.model import Certificate, CertificateState, Provider, ProviderState

SOON, SHOWN = timedelta(days=30), 5
STATES = {
    ProviderState.DRAFT: mark("📝 being filled in"),
    ProviderState.APPLIED: mark("🟡 to be decided"),
    ProviderState.REJECTED: mark("↩️ sent back"),
    ProviderState.APPROVED: mark("✅ approved"),
    ProviderState.FROZEN: mark("🧊 frozen"),
}
TURNED_DOWN = mark("✖ rejected")
PAPERS = {
    CertificateState.SENT: mark("to be checked"),
    CertificateState.VERIFIED: mark("✔ verified"),
    CertificateState.REJECTED: mark("✖ not good"),
}


def dossier(words: Words, one: Application, catalog: Catalog, *, now: datetime) -> Markup:
    provider, today = one.provider, words.local(now).date()
    skills = [
        dotted(
            named(service, words),
            words("{price} (usual {low}–{high})", price=words.money(skill.price),
                  low=words.money(service.price_low), high=words.money(service.price_high)),
        )
        for skill in one.skills
        for service in [catalog.service(service_id=skill.service_id)]
    ]  # fmt: skip
    years = None if provider.years == NOT_SAID else provider.years
    return lines(
        dotted(words("📥 <b>Application: {name}</b>", name=provider.name or one.person.name),
               state(words, provider)),
        dotted(words("📱 ") + secret(one.person.phone) if one.person.phone else None,
               words("typed, not confirmed by Telegram") if provider.phone_typed else None,
               words.plural("{n} year of experience", "{n} years of experience", years)
               if years is not None else None),
        words("💬 {bio}", bio=words.pick(provider.bio)) if provider.bio else None,
        words("📍 {place}, within {distance}", place=words.place(provider.place) or "–",
              distance=words.distance(provider.radius_m / 1000)),
        *(Markup("🕘 {}").format(told) for told in week(one.hours, words)),
        Markup(""),
        words("<b>Services and prices</b>"),
        *(skills or [words("none")]),
        Markup(""),
        words("<b>Certificates</b>"),
        *([paper(words, p, today) for p in one.papers] or [words("none")]),
        *[words("⚠️ {paper} is missing", paper=names.certificate(kind, words))
          for kind in sorted(one.needed - {p.kind for p in one.papers})],
        *_questions(words, one),
        _why(words, provider),
    )  # fmt: skip


def state(words: Words, provider: Provider) -> Markup:
    """How the application stands."""
    return words(TURNED_DOWN if provider.turned_down else STATES[provider.state])


def _why(words: Words, provider: Provider) -> Markup | None:
    if provider.state is not ProviderState.REJECTED:
        return None
    if provider.turned_down:
        return words("Rejected: {reason}", reason=provider.reason)
    return words("Sent back: {reason}", reason=provider.reason)


def _questions(words: Words, one: Application) -> list[Markup]:
    """What was asked and answered, with by whom and when; the latest last."""
    if not one.inquiries:
        return []
    more = len(one.inquiries) - SHOWN
    told = [Markup(""), words("<b>Questions</b>")]
    if more > 0:
        told.append(words.plural("… and {n} earlier", "… and {n} earlier", more))
    for asked in one.inquiries[-SHOWN:]:
        told.append(
            words("❓ {name}, {time}: {text}", name=asked.asked_by, time=words.lasting(asked.asked_at),
                  text=short(words.known(asked.text), 200))
        )  # fmt: skip
        told.append(_answer(words, asked))
    return told


def _answer(words: Words, asked: Inquiry) -> Markup:
    if asked.answered_at is None:
        return words("⏳ not answered yet")
    files = len(asked.files)
    return dotted(
        words("💬 {time}: {text}", time=words.lasting(asked.answered_at), text=short(asked.answer, 250)),
        words.plural("📎 {n} file", "📎 {n} files", files) if files else None,
    )  # fmt: skip


def paper(words: Words, one: Certificate, today: date) -> Markup:
    return dotted(
        Markup("<b>{}</b>").format(names.certificate(one.kind, words)),
        one.number,
        expiry(words, one, today),
        words(PAPERS[one.state]),
    )


def expiry(words: Words, one: Certificate, today: date) -> Markup:
    if one.expires_on is None:
        return words("no expiry")
    day = words.date(one.expires_on)
    if one.expires_on < today:
        return words("❗ ran out on {day}", day=day)
    if one.expires_on - today <= SOON:
        return words("⚠️ only until {day}", day=day)
    return words("until {day}", day=day)
