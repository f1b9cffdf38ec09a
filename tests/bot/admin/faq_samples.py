"""Every screen on which the staff write what is frequently asked, with names meant to break them."""

from datetime import datetime

from bot.admin.faq import draft_screens as drafts
from bot.admin.faq import screens
from bot.admin.faq.fields import SIDES
from bot.i18n import Words, languages
from bot.screen import Screen
from core.faq.checking import LONGEST
from core.faq.model import TEXTS, Chapter, Question, Texts, Thing, Topic

BIG = 9_000_000_000_000_000_000


def texts(name: str, longest: int) -> Texts:
    return dict.fromkeys(languages(), (name * longest)[:longest])


def faq_screens(words: Words, name: str, now: datetime) -> list[Screen]:
    topic = Topic(id=BIG, names=texts(name, LONGEST["names"]), changed_by=name, changed_at=now)
    one = Question(
        id=BIG, topic_id=BIG, question=texts(name, LONGEST["question"]),
        answer=texts(name, LONGEST["answer"]), hidden=True, changed_by=name, changed_at=now,
    )  # fmt: skip
    half = Question(id=BIG, topic_id=BIG, question={"en": name}, answer={"en": name})
    things: list[Thing] = [topic, one, half, Topic(id=0), Question(id=0, topic_id=BIG)]
    chapters = [Chapter(topic, [one, half] * 6), Chapter(topic, [])] * 6
    shown = [screens.start(words, dict.fromkeys(SIDES, chapters), languages())]
    for changes in (True, False):
        shown += [
            screens.side(words, side, chapters, 1, languages(), changes=changes) for side in SIDES
        ]
        shown += [
            screens.topic(words, one, 1, languages(), changes=changes) for one in chapters[:2]
        ]
        shown += [screens.card(words, thing, 0, 9, languages(), changes=changes, now=now)
                  for thing in things[:3]]  # fmt: skip
    for thing in things:
        shown += [drafts.draft(words, thing, languages(), news=said) for said in ("", name)]
        shown += [
            drafts.ask(words, thing, field, code)
            for field in TEXTS[type(thing)] for code in languages()
        ]  # fmt: skip
    for thing in things[:3]:
        shown += [screens.surely(words, thing), screens.preview(words, words, thing, "customer", [one], 0),
                  drafts.preview(words, words, thing, "provider", [one] * 9, 1)]  # fmt: skip
    return shown
