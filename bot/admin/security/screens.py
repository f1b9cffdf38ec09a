"""How the look at the whole place reads: what is wrong first, then how things stand. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import dotted, lines
from bot.admin.security.advice import SIGNS, buttons, told
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.security.checking import Checked
from core.security.findings import Finding
from core.security.refusals import Tally

PAGE, WAYS = 6, 6


def security(
    words: Words, checked: Checked, week: Tally, number: int, *, reads_log: bool, now: datetime
) -> Screen:
    page = Page.of(checked.found, number, PAGE)
    head = words("🛡 <b>Safety</b>")
    if not checked.wrong:
        head = lines(head, words("✅ Nothing is wrong."))
    stand = _stand(words, checked, week, now) if page.number == 0 else ()
    text = lines(head, *(_finding(words, one) for one in page.items), *stand)
    but = frozenset() if reads_log else frozenset({press("lr", 0)})
    ways = buttons(words, page.items, but=but)[:WAYS]
    return Screen(text, [*grid(ways), *_end(words, page)])


def _end(words: Words, page: Page) -> list[list[Button]]:
    return [*page.turns("se"), [Button(words.plain("↻ Look again"), press("se", 0))]]


def _finding(words: Words, one: Finding) -> Markup:
    what, do = told(words, one)
    return Markup("\n{} <b>{}</b>\n{}").format(SIGNS[one.level], what, do)


def _stand(words: Words, checked: Checked, week: Tally, now: datetime) -> list[Markup]:
    """What is worth knowing even where all is well."""
    scene = checked.scene
    made, tried = scene.backup, scene.drill

    def when(moment: datetime | None) -> str:
        return words.moment(moment, now=now) if moment else words.plain("none yet")

    return [
        Markup(""),
        words("Last backup: {when}", when=when(made.taken_at if made else None)),
        words("Last backup restored on trial: {when}", when=when(tried.taken_at if tried else None)),
        words("Refused attempts in a week: {n}", n=words.number(week.attempts)),
        words("Messages set aside in a week: {n}", n=words.number(scene.parked)),
        dotted(scene.setup.database),
    ]  # fmt: skip


def line(words: Words, wrong: Sequence[Finding]) -> Screen:
    """The first is named, the others are a tap away."""
    what, _ = told(words, wrong[0])
    more = len(wrong) - 1
    rest = words.plural("… and {n} more", "… and {n} more", more) if more else None
    text = lines(
        Markup("{} <b>{}</b>").format(SIGNS[wrong[0].level], what), rest
    )  # fmt: skip
    look = Button(words.plain("🛡 Look"), press("sen"), style="primary")
    return Screen(text, [[look]], quiet=True)
