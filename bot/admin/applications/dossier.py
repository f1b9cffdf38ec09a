"""Everything an applicant told, in words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel import dates
from markupsafe import Markup

from bot import words as names
from bot.admin.parts import dotted, lines, named, secret
from bot.i18n import Words, mark
from core.catalog.service import Catalog
from core.people.dossier import NOT_SAID, Application
from core.people.model import Certificate, CertificateState, Hours, ProviderState

SOON = timedelta(days=30)
STATES = {
    ProviderState.DRAFT: mark("📝 being filled in"),
    ProviderState.APPLIED: mark("🟡 to be decided"),
    ProviderState.REJECTED: mark("↩️ sent back"),
    ProviderState.APPROVED: mark("✅ approved"),
    ProviderState.FROZEN: mark("🧊 frozen"),
}
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
               words(STATES[provider.state])),
        dotted(words("📱 ") + secret(one.person.phone) if one.person.phone else None,
               words.plural("{n} year of experience", "{n} years of experience", years)
               if years is not None else None),
        words("💬 {bio}", bio=words.pick(provider.bio)) if provider.bio else None,
        words("📍 {place}, within {distance}", place=provider.place or "–",
              distance=words.distance(provider.radius_m / 1000)),
        *_hours(words, one.hours),
        Markup(""),
        words("<b>Services and prices</b>"),
        *(skills or [words("none")]),
        Markup(""),
        words("<b>Certificates</b>"),
        *([paper(words, p, today) for p in one.papers] or [words("none")]),
        *[words("⚠️ {paper} is missing", paper=names.certificate(kind, words))
          for kind in sorted(one.needed - {p.kind for p in one.papers})],
        words("Sent back: {reason}", reason=provider.reason)
        if provider.state is ProviderState.REJECTED else None,
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


def _hours(words: Words, hours: Sequence[Hours]) -> list[Markup]:
    """Days with the same hours on one line."""
    days: dict[int, list[str]] = {}
    for one in hours:
        span = f"{_clock(one.start_min)}–{_clock(one.end_min)}"
        days.setdefault(one.weekday, []).append(span)
    alike: dict[str, list[int]] = {}
    for weekday, spans in sorted(days.items()):
        alike.setdefault(", ".join(spans), []).append(weekday)
    return [
        words("🕘 {days}: {hours}", days=" ".join(_day(words, d) for d in weekdays), hours=spans)
        for spans, weekdays in alike.items()
    ]


def _day(words: Words, weekday: int) -> str:
    return str(dates.get_day_names("abbreviated", locale=words.language)[weekday])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
