"""How a person looks to staff: the list, the whole card, what was done to them, where they live."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.desk.screens import act_line
from bot.admin.parts import back, dotted, lines, secret, short
from bot.admin.parts import role as role_name
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.people.finding import FoundPeople, Somebody
from core.people.model import Person, Provider, ProviderState, Role
from core.people.profile import AsCustomer, AsProvider, Profile, States
from core.permissions import may

HISTORY_PAGE = 8
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
PROVIDER_STATES = {
    ProviderState.DRAFT: ("✏️", mark("application begun")),
    ProviderState.APPLIED: ("📥", mark("application to decide on")),
    ProviderState.REJECTED: ("↩️", mark("application sent back")),
    ProviderState.APPROVED: ("🟢", mark("works with us")),
    ProviderState.FROZEN: ("🧊", mark("on hold")),
}
TURNED_DOWN = ("✖", mark("application rejected"))


def _standing(provider: Provider) -> tuple[str, str]:
    """A sign and a name for how somebody stands as a provider."""
    return TURNED_DOWN if provider.turned_down else PROVIDER_STATES[provider.state]


def ask(words: Words) -> Screen:
    text = lines(
        words("<b>Whom do you look for?</b>"),
        words(
            "Type a name (in signs or in letters), a phone or its last digits, an order number, "
            "@telegram or a Telegram id."
        ),
    )
    return Screen(text)


def found(words: Words, result: FoundPeople, text: str) -> Screen:
    count = words.plural("{n} person", "{n} people", result.total)
    told = [_line(words, one) for one in result.people]
    nobody = words(
        "Nobody found. Try part of the name, the last digits of the phone, or an order number."
    )
    body = lines(dotted(Markup("<b>🔎 {}</b>").format(short(text, 60)), count), Markup(""),
                 *(told or [nobody]))  # fmt: skip
    opens = [
        Button(short(f"{_sign(one)} {_name(one)}", 14), press("uv", one.person.id))
        for one in result.people
    ]
    return Screen(body, [*grid(opens), *Page(result.number, result.pages).turns("uq")])


def _name(one: Somebody) -> str:
    firm = one.provider.name if one.provider else ""
    return firm or one.person.name or str(one.person.telegram_id)


def _sign(one: Somebody) -> str:
    if one.person.frozen:
        return "🧊"
    return _standing(one.provider)[0] if one.provider else "👤"


def _line(words: Words, one: Somebody) -> Markup:
    person, firm = one.person, one.provider
    other = person.name if firm and firm.name and firm.name != person.name else None
    return dotted(
        Markup("{} <b>{}</b>").format(_sign(one), _name(one)),
        other,
        words(_standing(firm)[1]) if firm else words("Customer"),
        *(_tails(person) or [str(person.telegram_id)]),
    )


def _tails(person: Person) -> list[str]:
    """Enough to tell two of one name apart, and no more."""
    phone = [f"…{person.phone[-4:]}"] if person.phone else []
    return phone + ([f"@{person.username}"] if person.username else [])


def card(words: Words, one: Profile, role: Role, *, back: bool, alone: bool) -> Screen:
    """`alone`: nobody else reads it; in the group the phone is told to whoever taps."""
    if one.gone:
        return _gone(words, one, back=back)
    person = one.person
    text = lines(
        dotted(Markup("👤 <b>{}</b>").format(one.name or person.telegram_id), *_roles(words, one)),
        dotted(f"@{person.username}" if person.username else None,
               Markup("<code>{}</code>").format(person.telegram_id),
               LANGUAGES.get(person.language or "") or words("language not chosen")),
        words("since {time}", time=words.lasting(person.created_at)),
        _phone(words, one, role) if alone else None,
        _frozen(words, one),
        *_customer(words, one.customer),
        *(_provider(words, one.provider) if one.provider else []),
        words.plural("🧊 on hold {n} time so far", "🧊 on hold {n} times so far", one.freezes)
        if one.freezes else None,
    )  # fmt: skip
    return Screen(text, _rows(words, one, role, back=back), protect=True)


def _gone(words: Words, one: Profile, *, back: bool) -> Screen:
    text = lines(
        words("👤 <b>Deleted</b>"),
        words("Personal data is gone. Orders and money stay in the books without a name."),
    )
    history = [Button(words.plain("📜 History"), press("uh", one.person.id, 0))]
    orders = [Button(words.plain("📦 Orders"), press("uo", one.person.id, 0))]
    return Screen(text, [[*orders, *history], *_away(words, back=back)])


def _away(words: Words, *, back: bool) -> list[list[Button]]:
    return [[Button(words.plain("‹ Back"), press("uq", 0))]] if back else []


def _roles(words: Words, one: Profile) -> list[Markup | str]:
    told: list[Markup | str] = [words("Customer")]
    if one.provider:
        sign, name = _standing(one.provider.provider)
        told.append(words("Provider: {state}", state=f"{sign} {words.plain(name)}"))
    if one.member:
        told.append(role_name(one.member.role, words))
    return told


def _phone(words: Words, one: Profile, role: Role) -> Markup | None:
    if not one.person.phone:
        return words("📞 no phone yet")
    if not may(role=role, action="people.contact"):
        return words("📞 your role doesn't include the phone")
    typed = one.provider is not None and one.provider.provider.phone_typed
    return dotted(Markup("📞 ") + secret(one.person.phone), words("typed") if typed else None)


def _frozen(words: Words, one: Profile) -> Markup | None:
    """Who may not book, or may not work: why, since when, by whom."""
    told = []
    person, firm = one.person, one.provider
    if person.frozen:
        by = one.frozen_by
        told.append(lines(
            dotted(words("🧊 <b>May not book</b>"),
                   words.lasting(person.frozen_at) if person.frozen_at else None,
                   by.name if by else None),
            words("Reason: {reason}", reason=words.known(person.frozen_reason)),
        ))  # fmt: skip
    if firm and firm.freeze:
        told.append(lines(
            dotted(words("🧊 <b>May not work</b>"), words.lasting(firm.freeze.at),
                   firm.freezer.name if firm.freezer else None),
            words("Reason: {reason}", reason=words.known(firm.freeze.reason)),
        ))  # fmt: skip
    return lines(*told) if told else None


def _customer(words: Words, one: AsCustomer) -> list[Markup]:
    if not (one.orders or one.complaints or one.reviews):
        return [words("🛒 No orders as a customer")]
    return [
        lines(Markup(""), words("<b>As a customer</b>")),
        words("📦 {states}", states=_states(words, one.orders)),
        dotted(
            words("💰 paid {money}", money=words.money(one.paid)),
            words("we owe {money}", money=words.money(one.owed)) if one.owed else None,
            words("owes {money}", money=words.money(one.owes)) if one.owes else None,
        ),
        _said(words, one.reviews, one.complaints),
    ]


def _said(words: Words, reviews: int, complaints: int) -> Markup:
    return dotted(
        words.plural("⭐ {n} review written", "⭐ {n} reviews written", reviews),
        words.plural("📣 {n} complaint", "📣 {n} complaints", complaints),
    )


def _provider(words: Words, one: AsProvider) -> list[Markup]:
    firm, money = one.provider, one.balances
    return [
        lines(Markup(""), words("<b>As a provider</b>")),
        dotted(
            Markup("<b>{}</b>").format(firm.name or "–"),
            words(names.LEVELS[firm.level][1]),
            words("★ {rating} ({n})", rating=words.rating(firm.rating), n=firm.rating_count)
            if firm.rating_count else words("no reviews yet"),
            words.plural("{n} job", "{n} jobs", firm.jobs_done),
        ),
        words("📍 {place} · {km} km around", place=words.place(firm.place) or "–",
              km=words.number(firm.radius_m / 1000)),
        words("📦 {states}", states=_states(words, one.orders)),
        dotted(
            words("💰 available {money}", money=words.money(money.available)),
            words("pending {money}", money=words.money(money.pending)) if money.pending else None,
            words("on its way {money}", money=words.money(money.paying)) if money.paying else None,
            words("owes {money}", money=words.money(money.debt)) if money.debt else None,
        ),
        words.plural("📣 {n} complaint about the work", "📣 {n} complaints about the work",
                     one.complaints),
    ]  # fmt: skip


def _states(words: Words, counts: States) -> str:
    """🟢 Completed 5, in the order of life."""
    told = [
        f"{names.state(state, words)} {counts[state]}" for state in names.STATES if state in counts
    ]
    return " · ".join(told) or words.plain("no orders")


def _rows(words: Words, one: Profile, role: Role, *, back: bool) -> list[list[Button]]:
    key = one.person.id
    count = sum(one.customer.orders.values())
    count += sum(one.provider.orders.values()) if one.provider else 0
    every = [
        ("orders.read", Button(words.plain("📦 Orders ({n})", n=count), press("uo", key, 0))),
        ("tickets.read",
         Button(words.plain("💬 Conversations ({n})", n=one.tickets), press("ut", key, 0))),
        ("people.edit", Button(words.plain("✏️ Correct"), press("ue", key))),
        *([("people.contact", Button(words.plain("📞 Contact"), press("ua", key)))]
          if one.person.phone or one.customer.addresses else []),
        ("people.read", Button(words.plain("📜 History"), press("uh", key, 0))),
        *_holds(words, one),
        *([] if one.member else
          [("people.delete", Button(words.plain("🗑 Delete"), press("udr", key), style="danger"))]),
    ]  # fmt: skip
    mine = [button for action, button in every if may(role=role, action=action)]
    return [*grid(mine), *_away(words, back=back)]


def _holds(words: Words, one: Profile) -> list[tuple[str, Button]]:
    """What of the two parts can be frozen or let go on."""
    key, told = one.person.id, []
    state = one.provider.provider.state if one.provider else None
    if one.person.frozen:
        told.append(("people.unfreeze", Button(words.plain("☀️ May book again"), press("ulr", key))))
    else:
        label = words.plain("🧊 No more bookings") if state else words.plain("🧊 Freeze")
        told.append(("people.freeze", Button(label, press("ukr", key), style="danger")))
    if state is ProviderState.APPROVED:
        freeze = Button(words.plain("🧊 No more work"), press("ufr", key), style="danger")
        told.append(("people.freeze", freeze))
    if state is ProviderState.FROZEN:
        told.append(("people.unfreeze", Button(words.plain("☀️ May work again"), press("ugr", key))))
    return told


def history(words: Words, one: Profile, number: int, *, now: datetime) -> Screen:
    page = Page.of(one.history, number, HISTORY_PAGE)
    told = [act_line(words, act, now) for act in page.items]
    text = lines(
        words("📜 <b>What staff did: {name}</b>", name=one.name or "–"),
        Markup(""),
        *(told or [words("Nothing so far.")]),
    )
    key = one.person.id
    return Screen(text, [*page.turns("uh", key), back(words, press("uv", key))])


def contact_plain(words: Words, one: Profile) -> str:
    """The same as a pop-up, for whoever tapped alone."""
    places = [
        names.spot(words.place(place.place), place.detail) for place in one.customer.addresses[:2]
    ]
    phone = one.person.phone or words.plain("no phone yet")
    return "\n".join([f"📞 {phone}", *(f"📍 {short(place, 60)}" for place in places)])


def contact(words: Words, one: Profile, role: Role) -> Screen:
    """Covered until it is tapped."""
    told = [
        dotted(Markup("📍 <b>{}</b>").format(place.label or words.plain("Address")),
               secret(names.spot(words.place(place.place), place.detail)))
        for place in one.customer.addresses
    ]  # fmt: skip
    text = lines(
        words("📞 <b>How to reach {name}</b>", name=one.name), _phone(words, one, role), *told
    )
    return Screen(text, [back(words, press("uv", one.person.id))], protect=True)


def with_back(screen: Screen, words: Words, person_id: int) -> Screen:
    """The list of orders leads back to whose they are."""
    return replace(screen, rows=[*screen.rows[:-1], back(words, press("uv", person_id))])


def theirs(words: Words, person: Person) -> Words:
    """The words in which the person reads."""
    return words.of(language=person.language, code=person.language_code)
