"""The catalogue's file in the chat: how to get and send it, its mistakes, what it would change. Pure."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.catalog.mistakes import mistake
from bot.admin.catalog.telling import difference
from bot.admin.parts import back, dotted, lines, named
from bot.i18n import Words
from bot.screen import Button, File, Page, Screen, press
from core.catalog.differences import Fate
from core.catalog.importing import Comparison
from core.catalog.sheet.nodes import Mistake

PAGE, MOST = 6, 12
SIGNS = {Fate.ADDED: "➕", Fate.CHANGED: "✏️", Fate.HIDDEN: "🙈", Fate.SHOWN: "👁", Fate.REMOVED: "🗑"}


def door(words: Words) -> Screen:
    text = lines(
        words("📄 <b>All services as one file</b>"),
        words(
            "Export it, change it in any editor, send it back here. You see what would change first."
        ),
    )
    export = Button(words.plain("⬇️ Export"), press("cfe"), style="primary")
    return Screen(text, [[export], back(words, press("cat", 0, 0))])


def head(words: Words) -> list[str]:
    """What stands at the beginning of the file."""
    return [
        words.plain(
            "All services. Amounts in {currency}, commission and deposit in per cent.",
            currency=words.currency,
        ),
        words.plain("Codes tell what is what: keep them. New things need a code of their own."),
        words.plain("What is taken out of this file is removed, or hidden where something stands on it."),
    ]  # fmt: skip


def exported(words: Words, file: File) -> Screen:
    text = lines(
        words("📄 <b>All services, the draft included</b>"),
        words("Change it in any editor and send it back here. You see what would change first."),
    )
    return Screen(text, [back(words, press("cat", 0, 0))], files=(file,), below=True)


def wrong(words: Words, mistakes: Sequence[Mistake]) -> Screen:
    told = [Markup("• {}").format(mistake(words, one)) for one in mistakes[:MOST]]
    text = lines(
        words("⚠️ <b>The file can't be taken, nothing was changed</b>"),
        *told,
        words("… and {n} more", n=more) if (more := len(mistakes) - MOST) > 0 else None,
        Markup(""),
        words("Please mend it and send it again."),
    )
    return Screen(text, [back(words, press("cat", 0, 0))])


def compared(words: Words, what: Comparison, number: int) -> Screen:
    if not what.differences:
        text = lines(words("📄 <b>The file says what the draft says: nothing would change.</b>"))
        return Screen(text, [back(words, press("cat", 0, 0))])
    page = Page.of(what.differences, number, PAGE)
    counted = Counter(one.fate for one in what.differences)
    summary = dotted(*(f"{SIGNS[fate]} {counted[fate]}" for fate in Fate if counted[fate]))
    text = lines(
        words.plural(
            "📄 <b>The file would change {n} thing</b>", "📄 <b>The file would change {n} things</b>",
            len(what.differences),
        ),
        summary,
        Markup(""),
        *(difference(words, one) for one in page.items),
        *_kept(words, what),
        Markup(""),
        words("It goes into the draft; customers see nothing until you publish."),
    )  # fmt: skip
    yes = Button(words.plain("✅ Into the draft"), press("cfy", what.seen), style="success")
    return Screen(text, [*page.turns("cfp"), [yes], back(words, press("cat", 0, 0))])


def _kept(words: Words, what: Comparison) -> list[Markup]:
    if not what.kept:
        return []
    names = words.plain(", ").join(named(one, words) for one in what.kept[:MOST])
    return [words("🙈 Not in the file but in use, therefore only hidden: {names}", names=names)]
