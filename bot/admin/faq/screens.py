"""How what is frequently asked looks to staff: the two bots, topics, questions, the preview. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.faq.fields import READERS, SIDES, missing, sort_of, title, whole
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, languages
from bot.screen import Button, Page, Screen, grid, press
from bot.support import screens as readers
from bot.words import language, spoken
from core.faq.model import TEXTS, Chapter, Question, Thing, untold

PAGE, LONGEST = 5, 700


def start(words: Words, shelves: Mapping[str, Sequence[Chapter]], codes: Sequence[str]) -> Screen:
    counted = {side: sum(len(one.questions) for one in every) for side, every in shelves.items()}
    text = lines(
        words("❓ <b>Frequent questions</b>"),
        words("They are found under Help, by topic and by typing."),
        Markup(""),
        *(line for every in shelves.values() for line in _untold(words, every, codes)),
    )
    buttons = [
        Button(f"{words.plain(label)} · {counted[side]}", press("fqs", side, 0))
        for side, label in SIDES.items()
    ]
    return Screen(text, grid(buttons))


def _untold(words: Words, every: Sequence[Chapter], codes: Sequence[str]) -> list[Markup]:
    """For each language how many texts are not written in it."""
    things: list[Thing] = [chapter.topic for chapter in every]
    things += [one for chapter in every for one in chapter.questions]
    told = []
    for code in codes:
        if count := sum(bool(untold(thing=one, languages=[code])) for one in things):
            side = words.plain(SIDES[every[0].topic.side])
            told.append(words("⚠️ {side}: {n} not in {language} yet",
                              side=side, n=count, language=spoken(code, words)))  # fmt: skip
    return told


def side(
    words: Words, side: str, chapters: Sequence[Chapter], number: int, codes: Sequence[str], *,
    changes: bool,
) -> Screen:  # fmt: skip
    page = Page.of(chapters, number, PAGE)
    text = lines(
        words("❓ <b>Frequent questions</b> · {side}", side=words.plain(SIDES[side])),
        words("Choose a topic.") if chapters else words("Nothing here yet."),
        *_signs(words, [one.topic for one in chapters],
                lacking=not all(whole(one, codes) for one in chapters)),
    )  # fmt: skip
    rows = [
        [Button(_label(words, one.topic, not whole(one, codes), len(one.questions)),
                press("fqt", one.topic.id, 0))]
        for one in page.items
    ]  # fmt: skip
    new = [Button(words.plain("➕ Topic"), press("fqnt", side))] if changes else []
    return Screen(text, [*rows, *page.turns("fqs", side), [*new, *back(words, press("/faq"))]])


def _label(words: Words, thing: Thing, lacking: bool, count: int | None = None) -> str:
    signs = ("🙈 " if thing.hidden else "") + ("⚠️ " if lacking else "")
    counted = "" if count is None else f" · {count}"
    return f"{signs}{short(words.pick(title(thing)), 34)}{counted}"


def _signs(words: Words, things: Sequence[Thing], *, lacking: bool) -> list[Markup]:
    """What the signs on the buttons mean, where there are some."""
    hidden = words("🙈 Hidden: nobody finds it.") if any(one.hidden for one in things) else None
    less = words("⚠️ A language is missing.") if lacking else None
    return [one for one in (hidden, less) if one]


def topic(
    words: Words, chapter: Chapter, number: int, codes: Sequence[str], *, changes: bool
) -> Screen:
    shown, page = chapter.topic, Page.of(chapter.questions, number, PAGE)
    text = lines(
        Markup("❓ <b>{}</b> · {}").format(words.pick(shown.names), words.plain(SIDES[shown.side])),
        None if chapter.questions else words("No question in it yet, so nobody sees it."),
        *_signs(words, [shown, *chapter.questions], lacking=not whole(chapter, codes)),
    )
    rows = [
        [Button(_label(words, one, bool(untold(thing=one, languages=codes))),
                press("fqc", "q", one.id))]
        for one in page.items
    ]  # fmt: skip
    edit = [Button(words.plain("⚙️ This topic"), press("fqc", "t", shown.id))]
    new = [Button(words.plain("➕ New question"), press("fqnq", shown.id))] if changes else []
    return Screen(
        text,
        [*rows, *page.turns("fqt", shown.id), [*new, *edit], back(words, press("fqs", shown.side, 0))],
    )  # fmt: skip


def texts(words: Words, thing: Thing, codes: Sequence[str]) -> list[Markup]:
    """Everything that is written of it, language by language."""
    told = []
    for code in codes:
        parts = [getattr(thing, name).get(code, "") for name in TEXTS[type(thing)]]
        told += [Markup(""), Markup("<i>{}</i>").format(language(code)),
                 Markup("<b>{}</b>").format(parts[0] or "–"),
                 *(Markup.escape(short(one, LONGEST) or "–") for one in parts[1:])]  # fmt: skip
    if less := missing(words, thing, codes):
        told += [Markup(""), words("⚠️ Not in {language} yet: readers get another language.",
                                   language=less)]  # fmt: skip
    return told


def card(
    words: Words, thing: Thing, place: int, of: int, codes: Sequence[str], *, changes: bool,
    now: datetime,
) -> Screen:  # fmt: skip
    state = words("🙈 hidden") if thing.hidden else words("🟢 shown")
    head = words("❓ <b>Question</b>") if isinstance(thing, Question) else words("🗂 <b>Topic</b>")
    text = lines(
        dotted(head, state, words("place {n} of {of}", n=place + 1, of=of)),
        *texts(words, thing, codes),
        _changed(words, thing, now),
    )
    return Screen(text, [*_doors(words, thing, changes), back(words, above(thing))])


def _changed(words: Words, thing: Thing, now: datetime) -> Markup | None:
    if thing.changed_at is None:
        return None
    when = words.moment(thing.changed_at, now=now)
    return lines(Markup(""), words("✏️ {name}, {when}", name=thing.changed_by, when=when))


def above(thing: Thing) -> str:
    """Where Back leads from its card."""
    return press("fqt", thing.topic_id if isinstance(thing, Question) else thing.id, 0)


def _doors(words: Words, thing: Thing, changes: bool) -> list[list[Button]]:
    me = sort_of(thing), thing.id
    look = Button(words.plain("👁 Preview"), press("fqv", *me, 0))
    if not changes:
        return [[look]]
    hide = (
        Button(words.plain("🟢 Show again"), press("fqh", *me, 0)) if thing.hidden
        else Button(words.plain("🙈 Hide"), press("fqh", *me, 1))
    )  # fmt: skip
    return [
        [Button(words.plain("✏️ Change"), press("fqe", *me)), look],
        [Button(words.plain("▲ Up"), press("fqm", *me, 0)),
         Button(words.plain("▼ Down"), press("fqm", *me, 1))],
        [hide, Button(words.plain("🗑 Remove"), press("fqx", *me))],
    ]  # fmt: skip


def read_as(
    words: Words, theirs: Words, thing: Thing, side: str, below: Sequence[Question]
) -> Markup:
    """The very words a reader of that language finds, with a line above that says so."""
    name = spoken(theirs.language, words)
    other = untold(thing=thing, languages=[theirs.language])
    body = (
        readers.answered(thing, theirs) if isinstance(thing, Question)
        else lines(readers.topic_head(thing, theirs),
                   *(Markup("▫️ {}").format(theirs.pick(one.question)) for one in below))
    )  # fmt: skip
    return lines(
        words(READERS[side], language=name),
        words("⚠️ Not written in {language}, so they get another one.", language=name)
        if other else None,
        Markup(""),
        body,
    )  # fmt: skip


def preview(
    words: Words, theirs: Words, thing: Thing, side: str, below: Sequence[Question], number: int
) -> Screen:
    me = sort_of(thing), thing.id
    return Screen(
        read_as(words, theirs, thing, side, below),
        [[*back(words, press("fqc", *me)), other_language("fqv", *me, number=number)]],
    )


def other_language(verb: str, *ids: int | str, number: int) -> Button:
    """The same in the next one."""
    known = languages()
    other = (number + 1) % len(known)
    return Button(f"🌐 {language(known[other])}", press(verb, *ids, other))


def surely(words: Words, thing: Thing) -> Screen:
    named = words.pick(title(thing))
    text = lines(
        words("🗑 <b>Remove “{name}”?</b>", name=named),
        words(
            "Nobody finds it any more, and it can't be brought back. To keep it for later, hide it."
        ),
    )
    me = sort_of(thing), thing.id
    yes = Button(words.plain("Yes, remove it"), press("fqxy", *me, thing.version), style="danger")
    return Screen(text, [[yes], back(words, press("fqc", *me))])
