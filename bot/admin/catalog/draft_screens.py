"""The draft of the catalogue as staff see it: what differs and by whom, what publishing would mean. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.catalog.lacking import lack
from bot.admin.catalog.telling import difference
from bot.admin.parts import back, lines, named
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.differences import Difference
from core.catalog.model import Edit
from core.catalog.publishing import Outside, Publication

PAGE, SOME = 6, 4


def draft(
    words: Words, what: Publication, number: int, *, changes: bool, now: datetime,
    news: Markup | None = None,
) -> Screen:  # fmt: skip
    page = Page.of(what.differences, number, PAGE)
    numbered = list(enumerate(page.items, page.number * PAGE + 1))
    by = {edit.subject: edit.name for edit in what.edits}
    text = lines(
        news,
        words("📋 <b>Draft of the services</b>"),
        words("Customers see none of it until you publish. ↩️ takes one back.")
        if what.edits
        else None,
        *(_who(words, what.edits, now=now)),
        Markup(""),
        *(
            Markup("{}. {}").format(n, difference(words, one, by.get(one.thing.id, "")))
            for n, one in numbered
        ),
        *standing_against(words, what),
        None if what.edits else words("There is nothing in it. Change something, it waits here."),
    )
    rows = page.turns("dr")
    if what.edits and changes:
        undo = [Button(f"↩️ {n}", press("dru", one.thing.id)) for n, one in numbered]
        rows = [*grid(undo, columns=3), *rows]
        rows.append([Button(words.plain("🚀 Publish"), press("drp"), style="success"),
                     Button(words.plain("🗑 Discard"), press("drx"))])  # fmt: skip
    return Screen(text, [*rows, back(words, press("cat", 0, 0))])


def _who(words: Words, edits: Sequence[Edit], *, now: datetime) -> list[Markup]:
    """Everybody who works at it, and who did last."""
    if not edits:
        return []
    counted = Counter(edit.name for edit in edits)
    people = words.plain(", ").join(
        f"{name} ({count})" for name, count in counted.most_common(SOME)
    )
    last = max(edits, key=lambda edit: edit.at)
    when = words.within(last.at, now=now)
    return [words("👤 {people}; last: {name}, {when}", people=people, name=last.name, when=when)]


def standing_against(words: Words, what: Publication) -> list[Markup]:
    """What must be put right before it can be published."""
    told = [
        words("⚠️ {name}: {what} is missing", name=named(one.thing, words), what=phrase)
        for one in what.obstacles
        for phrase in lack(words, one.thing, one.lacks)
    ]
    told += [
        words("⚠️ {name} is in use by now: hide it instead of removing it", name=named(one, words))
        for one in what.used
    ]
    return told


def _worth_knowing(words: Words, what: Publication) -> list[Markup]:
    told = [_outside(words, out) for out in what.outside]
    for service, count in what.uncertified:
        name = named(service, words)
        told.append(words.plural(
            "📜 {service}: {n} provider has no such certificate and gets no new orders of it.",
            "📜 {service}: {n} providers have no such certificate and get no new orders of it.",
            count, service=name,
        ))  # fmt: skip
    for service, count in what.visits:
        name = named(service, words)
        told.append(words.plural(
            "📅 {service}: {n} booked visit takes place all the same.",
            "📅 {service}: {n} booked visits take place all the same.",
            count, service=name,
        ))  # fmt: skip
    if what.moves_money:
        told.append(words("💰 Commission or payment changes: that counts for new orders."))
    return told


def _outside(words: Words, out: Outside) -> Markup:
    name = named(out.service, words)
    names = words.plain(", ").join(out.names) + ("…" if out.count > len(out.names) else "")
    return words.plural(
        "🏷 {service}: {n} provider asks a price outside the new band ({names}). It stays until they "
        "change it; they are told.",
        "🏷 {service}: {n} providers ask prices outside the new band ({names}). They stay until they "
        "change them; they are told.",
        out.count, service=name, names=names,
    )  # fmt: skip


def sure(words: Words, what: Publication) -> Screen:
    """Asks once more, with everything that somebody should know before."""
    if not what.possible:
        text = lines(
            words("📋 <b>This can't be published yet.</b>"), *standing_against(words, what)
        )
        return Screen(text, [back(words, press("dr", 0))])
    text = lines(
        words.plural(
            "🚀 <b>Publish {n} change?</b>", "🚀 <b>Publish {n} changes?</b>",
            len(what.differences),
        ),
        words("Customers see it at once. Orders already placed keep their price and rules."),
        Markup(""),
        *(difference(words, one) for one in what.differences[:PAGE]),
        Markup("…") if len(what.differences) > PAGE else None,
        *_worth_knowing(words, what),
    )  # fmt: skip
    yes = Button(words.plain("✅ Yes, publish"), press("drpy", what.seen), style="success")
    return Screen(text, [[yes], back(words, press("dr", 0))])


def published(words: Words, done: Sequence[Difference]) -> Screen:
    text = lines(
        words.plural(
            "✅ <b>{n} change is published.</b>", "✅ <b>{n} changes are published.</b>", len(done)
        ),
        *(difference(words, one) for one in done[:PAGE]),
        Markup("…") if len(done) > PAGE else None,
    )  # fmt: skip
    return Screen(text, [back(words, press("cat", 0, 0))])


def ask_discard(words: Words, what: Publication) -> Screen:
    text = lines(
        words.plural(
            "🗑 <b>Throw {n} change away?</b>", "🗑 <b>Throw {n} changes away?</b>",
            len(what.differences),
        ),
        words("Services stay as customers see them now. This can't be undone."),
    )  # fmt: skip
    yes = Button(words.plain("✅ Yes, throw away"), press("drxy", what.seen), style="danger")
    return Screen(text, [[yes], back(words, press("dr", 0))])
