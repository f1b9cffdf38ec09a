"""How an announcement looks while it is written."""

from datetime import datetime

from markupsafe import Markup

from bot.admin.announce.whom_screens import aimed, language_name
from bot.admin.parts import back, lines, short
from bot.i18n import Words, languages
from bot.screen import Button, Screen, press
from core.announcements.composing import longest
from core.announcements.model import Announcement, Heads
from core.catalog.model import Service
from core.people.choices import Kind
from core.promotions.model import Coupon

SHOWN = 6


def title_of(one: Announcement, words: Words, most: int = 30) -> str:
    """Its first words, for a button or a line."""
    seen = Markup(words.pick(one.texts)).striptags()
    return short(seen, most) if seen else words.plain("without text")


def when(one: Announcement, words: Words, now: datetime) -> str:
    return words.dated(one.starts_at, now=now) if one.starts_at else words.plain("at once")


def button_of(one: Announcement, name: str, words: Words) -> str:
    """What the button is about."""
    if one.kind is Kind.OFFERS:
        return words.plain("🎁 {name}", name=name or words.plain("All deals"))
    if not name:
        return words.plain("none")
    return f"{one.label} → {name}" if one.label else name


def lacking(words: Words, one: Announcement) -> list[Markup]:
    """Languages in which nobody wrote it."""
    there = language_name(next(iter(one.texts), ""), words) if one.texts else ""
    return [
        words("⚠️ No {language} text: they get the {other} one.",
              language=language_name(code, words), other=there)
        for code in languages() if one.texts and code not in one.texts
    ]  # fmt: skip


def heads_line(words: Words, heads: Heads) -> Markup:
    left = [
        words("🔕 {n} muted it", n=words.number(heads.muted)) if heads.muted else None,
        words("🚫 {n} blocked us", n=words.number(heads.blocked)) if heads.blocked else None,
    ]
    who = words.plural("👥 <b>{shown}</b> person gets it", "👥 <b>{shown}</b> people get it",
                       heads.reached, shown=words.number(heads.reached))  # fmt: skip
    return Markup(" · ").join([who, *(part for part in left if part)])


def draft(words: Words, one: Announcement, heads: Heads, opens: str, *, now: datetime) -> Screen:
    told = [
        words("<b>{language}:</b> {text}", language=language_name(code, words),
              text=short(Markup(text).striptags(), 200))
        for code, text in one.texts.items()
    ]  # fmt: skip
    text = lines(
        words("📣 <b>New announcement</b>"), Markup(""),
        *(told or [words("No text yet.")]), *lacking(words, one),
        words("🖼 Photo: {photo}", photo=words("yes") if one.photo_id else words("none")),
        words("🔘 Button: {button}", button=button_of(one, opens, words)),
        words("🎯 To: {whom}", whom=aimed(words, one)),
        words("🕘 When: {when}", when=when(one, words, now)), Markup(""), heads_line(words, heads),
    )  # fmt: skip
    pairs = [
        [Button(words.plain("✏️ Text"), press("ant", one.id)),
         Button(words.plain("🖼 Photo"), press("anp", one.id))],
        [Button(words.plain("🔘 Button"), press("anb", one.id)),
         Button(words.plain("🎯 To whom"), press("anw", one.id))],
        [Button(words.plain("🕘 When"), press("anh", one.id))],
    ]  # fmt: skip
    if one.texts:
        pairs[-1].append(Button(words.plain("👀 Preview"), press("anl", one.id)))
    if one.texts and heads.reached:
        label = (
            words.plain("📣 Send it") if one.starts_at is None else words.plain("🕘 Schedule it")
        )
        pairs.append([Button(label, press("ans", one.id), style="primary")])
    away = [*back(words, press("an")), Button(words.plain("🗑 Discard"), press("andel", one.id))]
    return Screen(text, [*pairs, away])


def texts(words: Words, one: Announcement) -> Screen:
    rows = [
        [
            Button(
                ("✓ " if code in one.texts else "") + language_name(code, words),
                press("ants", one.id, code),
            )
        ]
        for code in languages()
    ]
    text = lines(
        words("✏️ <b>In which language?</b>"),
        words("People get it in theirs; who has none of it gets the other one."),
    )
    return Screen(text, [*rows, back(words, press("and", one.id))])


def ask_text(words: Words, one: Announcement, language: str, *, too_long: int = 0) -> Screen:
    most = longest(photo=one.photo_id is not None)
    text = lines(
        words("That is {n} characters. Please make it shorter.", n=words.number(too_long))
        if too_long else None,
        words("<b>What is the text in {language}?</b>", language=language_name(language, words)),
        words("Bold, italics, links: all formatting is kept. At most {most} characters.",
              most=words.number(most)),
        Markup("<blockquote>{}</blockquote>").format(Markup(one.texts[language]).striptags())
        if language in one.texts else None,
    )  # fmt: skip
    out = [Button(words.plain("Leave it out"), press("antx", one.id, language))]
    rows = [out] if language in one.texts else []
    return Screen(text, [*rows, back(words, press("ant", one.id))])


def ask_photo(words: Words, one: Announcement, *, room: int = 0, none: bool = False) -> Screen:
    text = lines(
        words("Below a photo there is room for {most} characters: please shorten the text first.",
              most=words.number(room)) if room else None,
        words("That was no photo.") if none else None,
        words("🖼 <b>Send the photo</b>"),
        words("It stands above the text, the same in every language."),
    )  # fmt: skip
    away = [Button(words.plain("Without a photo"), press("anpx", one.id))]
    return Screen(text, [*([away] if one.photo_id else []), back(words, press("and", one.id))])


def ask_button(
    words: Words,
    one: Announcement,
    deals: list[Coupon],
    found: list[Service],
    *,
    again: bool = False,
) -> Screen:
    text = lines(
        words("Nothing is called that, and it is no https address.") if again else None,
        words("🔘 <b>What does its button open?</b>"),
        words("Tap a deal, or type the name of a service, or an address with the word on the button: "
              "<code>Read more https://example.org</code>"),
        words("Deals and services are for customers; providers get the message without this button."),
    )  # fmt: skip
    rows = [
        [Button(short(f"{s.emoji} {words.pick(s.names)}".strip(), 30), press("anbs", one.id, s.id))]
        for s in found[:SHOWN]
    ] or [
        [Button(short(f"🎁 {words.pick(d.names)}", 30), press("anbd", one.id, d.id))]
        for d in deals[:4]
    ]
    if deals and not found:
        rows.append([Button(words.plain("🎁 All deals"), press("anbd", one.id, 0))])
    none = [Button(words.plain("No button"), press("anbx", one.id))]
    return Screen(text, [*rows, [*none, *back(words, press("and", one.id))]])


def ask_time(words: Words, one: Announcement, *, again: bool = False) -> Screen:
    text = lines(
        words("Please name a time, for example “tomorrow 9:00”.") if again else None,
        words("🕘 <b>When is it to go out?</b>"),
        words("Type it: “tomorrow 9:00”, “Mon 18:30”, “in 2 hours”."),
    )
    return Screen(
        text,
        [
            [Button(words.plain("At once"), press("anhn", one.id))],
            back(words, press("and", one.id)),
        ],
    )
