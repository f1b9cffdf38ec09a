"""A question about the figures, typed in words: what was understood is shown with the answer."""

from dataclasses import replace

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.admin.stats.names import DIMENSION_NAMES, MEASURE_NAMES, Keys, written
from bot.admin.stats.screens import ends
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from bot.spans import span_name
from core.people.model import Provider
from core.platform.facts import Facts
from core.platform.measures import MEASURES, Dimension, ranked
from core.platform.narrowing import Only, asked_of, narrowed
from core.platform.questions import Question

STEP = "stats_ask"
EXAMPLES = (
    mark("how many orders yesterday"), mark("turnover last week by category"),
    mark("which district has most unmet demand"),
    mark("the 3 categories with the highest cancellation rate last month"),
)  # fmt: skip


async def ask(talk: Talk, first: int, last: int) -> Screen:
    """Expects a question; the figures are a tap away."""
    talk.expect(STEP)
    return asking(talk.words, press("sto", first, last))


def asking(words: Words, back_to: str, *, failed: bool = False) -> Screen:
    text = lines(
        words("I don't know which figure you mean.") if failed
        else words("💬 <b>Ask about the figures</b>"),
        words("For example:"),
        *[Markup("· {}").format(words.plain(one)) for one in EXAMPLES],
    )  # fmt: skip
    return Screen(text, [back(words, back_to)])


async def said(talk: Talk) -> Screen:
    """What was typed where a question is expected; in the group the next words are for colleagues again."""
    if talk.incoming.chat_kind != "private":
        talk.rest()
    found = await answered(talk)
    today = talk.core.platform.today(now=talk.now).toordinal()
    return found or asking(talk.words, press("sto", today, today), failed=True)


async def answered(talk: Talk) -> Screen | None:
    """The answer; None for words that are no question about the figures."""
    today = talk.core.platform.today(now=talk.now)
    found = asked_of(
        text=talk.incoming.text, today=today, catalog=talk.core.catalog, places=talk.core.places
    )
    if found is None:
        return None
    question, to = found
    span = talk.core.platform.span(first=question.first, last=question.last, now=talk.now)
    question = replace(question, first=span.first, last=span.last)
    facts = narrowed(facts=await talk.core.platform.of(span=span, now=talk.now), to=to)
    return answer(question, facts, to, await keys_of(talk, facts, question.by), talk.words)


async def keys_of(talk: Talk, facts: Facts, by: Dimension | None) -> Keys:
    """Names of parts; providers are looked up where they are what is split by."""
    if by is not Dimension.PROVIDER:
        return Keys(talk.core.catalog, talk.words)
    ids = {fact.provider_id for kind in facts.of for fact in facts.of[kind] if fact.provider_id}
    found = await talk.core.store.find(Provider, id=sorted(ids), limit=len(ids) + 1)
    return Keys(talk.core.catalog, talk.words, {one.id: one.name for one in found})


def answer(question: Question, facts: Facts, to: Only, keys: Keys, words: Words) -> Screen:
    """`to`: what the figures are of, where that is not everything."""
    measure, by = question.measure, question.by
    parts = [words.plain(MEASURE_NAMES[measure])]
    parts += [keys.name(dimension, key) for dimension, key in to.items()]
    if by is not None:
        parts.append(words.plain(DIMENSION_NAMES[by]))
        parts.append(words.plain("the lowest") if question.lowest else words.plain("the highest"))
    parts.append(span_name(facts.span, words))
    text = lines(
        words("🔎 <i>{understood}</i>", understood=" · ".join(parts)), Markup(""),
        *(_one(question, facts, words) if by is None else _ranking(question, facts, keys, words)),
    )  # fmt: skip
    days = ends(facts.span)
    again = Button(words.plain("💬 Ask more"), press("sta", *days))
    return Screen(text, [[Button(words.plain("📊 All figures"), press("sto", *days)), again]])


def _one(question: Question, facts: Facts, words: Words) -> list[Markup]:
    value = MEASURES[question.measure].of(facts)
    name = words.plain(MEASURE_NAMES[question.measure])
    return [
        words("{name}: <b>{value}</b>", name=name, value=written(question.measure, value, words))
    ]


def _ranking(question: Question, facts: Facts, keys: Keys, words: Words) -> list[Markup]:
    by = question.by
    assert by is not None
    found = ranked(measure=question.measure, facts=facts, by=by, lowest=question.lowest)
    if not found:
        return [words("There is nothing to count in this time.")]
    return [
        words("{n}. {name}: <b>{value}</b>", n=place, name=keys.name(by, key),
              value=written(question.measure, value, words))
        for place, (key, value) in enumerate(found[: question.most], 1)
    ]  # fmt: skip
