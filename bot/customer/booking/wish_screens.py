"""Screens of the requirements: the questions of each service, words and photos."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.customer.booking.flow import Asked, asked, tag
from bot.customer.booking.screens import ends, page
from bot.customer.parts import back, short
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from core.orders.answers import answered
from core.orders.booking import Booking
from core.orders.tasks import Task

FEW_QUESTIONS = 3
MOST_CHOICES = 8


def answer_lines(
    questions: Sequence[Mapping[str, Any]], answers: Mapping[str, str], words: Words
) -> list[Markup]:
    """Questions of a service with the customer's answers."""
    return [
        Markup("• {} <b>{}</b>").format(
            short(words.pick(question), 80), short(words.pick(answer), 80)
        )
        for question, answer in answered(questions=questions, answers=answers)
    ]


def task_answers(tasks: Sequence[Task], words: Words) -> list[Markup]:
    """The same of an order, service after service."""
    told = []
    for task in tasks:
        lines = answer_lines(task.questions, task.answers, words)
        if lines and len(tasks) > 1:
            told.append(Markup("{} {}").format(task.emoji, short(words.pick(task.names), 60)))
        told += lines
    return told


def answers(booking: Booking, words: Words) -> list[Markup]:
    """The same while booking."""
    pairs = zip(booking.services, booking.draft.picks, strict=True)
    tasks = [Task(s.id, s.model_dump(), pick.answers, 0, ()) for s, pick in pairs]
    return task_answers(tasks, words)


def notes(booking: Booking, words: Words) -> Screen:
    draft, mark = booking.draft, tag(booking)
    hint = words("Type a few words or send photos; both are optional.")
    if any(service.photos for service in booking.services) and not draft.photos:
        hint = words("📷 Photos help them bring the right parts. Send some, or type a few words.")
    lines = [words("<b>What should the provider know?</b>"), hint]
    if draft.notes:
        lines += [Markup(""), Markup("📝 {}").format(short(draft.notes, 600))]
    if draft.photos:
        lines.append(words.plural("📷 {n} photo", "📷 {n} photos", len(draft.photos)))
    lines += answers(booking, words)
    rows = _questions(booking, words)
    if draft.notes or draft.photos:
        rows.append([Button(words.plain("🗑 Clear words and photos"), press("bclear", mark))])
    label = (
        words.plain("Done ▶")
        if draft.asked or draft.notes or draft.photos
        else words.plain("Continue ▶")
    )
    rows.append([Button(label, press("bdone", mark), style="primary")])
    return Screen(page(booking, words, *lines), [*rows, ends(booking, "notes", words)])


def _questions(booking: Booking, words: Words) -> list[list[Button]]:
    """A button for each question; many of them stand behind one."""
    mark, every = tag(booking), asked(booking)
    if len(every) <= FEW_QUESTIONS:
        return [[Button(_named(one, words), press("bq", mark, n))] for n, one in enumerate(every)]
    done = sum(one.answer is not None for one in every)
    label = words.plain("❓ Questions ({done} of {all})", done=done, all=len(every))
    return [[Button(label, press("bq", mark, 0))]]


def _named(one: Asked, words: Words) -> str:
    sign = "❓" if one.answer is None else "☑"
    return f"{sign} {short(words.pick(one.question['names']), 30)}"


def question(booking: Booking, index: int, words: Words) -> Screen:
    every, mark = asked(booking), tag(booking)
    one = every[index]
    choices = [
        Button(("• " if one.answer in choice.values() else "") + short(words.pick(choice), 24),
               press("bans", mark, index, number))
        for number, choice in enumerate(one.question.get("choices", [])[:MOST_CHOICES])
    ]  # fmt: skip
    of = Markup("{} {}").format(one.service.emoji, short(words.pick(one.service.names), 60))
    count = words("Question {n} of {all}", n=index + 1, all=len(every))
    lines = [
        *([of] if booking.further else []), *([count] if len(every) > 1 else []),
        Markup("<b>{}</b>").format(short(words.pick(one.question["names"]), 200)),
        words("Choose, or type your answer.") if choices else words("Type your answer."),
    ]  # fmt: skip
    rows = grid(choices, columns=2)
    if one.answer is not None or not one.required:
        label = words.plain("Skip ▶") if one.answer is None else words.plain("Keep it ▶")
        rows.append([Button(label, press("bskip", mark, index))])
    return Screen(page(booking, words, *lines), [*rows, _ends(booking, index, words)])


def _ends(booking: Booking, index: int, words: Words) -> list[Button]:
    """Back to the question before while they are asked one after another."""
    last = ends(booking, "question", words)
    if index and not booking.draft.asked:
        return [back(words, press("bq", tag(booking), index - 1)), *last[1:]]
    return last
