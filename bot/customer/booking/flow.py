"""The order of the wizard's steps, which of them have something to ask, and the guard around every tap.

Nothing is remembered here: the draft and the talk's step say everything, so a restart goes unnoticed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from markupsafe import Markup

from bot.conversation import Talk
from bot.errors import sentence
from bot.screen import Screen
from core.catalog.model import Service
from core.errors import DomainError, Invalid, Unknown
from core.orders.booking import Booking

MOST_QUESTIONS = 3
Needed = Callable[[Booking], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one service of the visit (`place` counts the services), with its answer if there is one."""

    place: int
    service: Service
    question: dict[str, Any]
    answer: str | None

    @property
    def required(self) -> bool:
        return bool(self.question.get("required"))


def asked(booking: Booking) -> list[Asked]:
    """All questions, service after service."""
    return [
        Asked(place, service, question, pick.answers.get(question["code"]))
        for place, (service, pick) in enumerate(
            zip(booking.services, booking.draft.picks, strict=True)
        )
        for question in service.questions[:MOST_QUESTIONS]
    ]


def unanswered(booking: Booking, *, after: int = -1, required: bool = False) -> int | None:
    """The number of the next question without an answer (that must have one)."""
    return next(
        (
            number
            for number, one in enumerate(asked(booking))
            if number > after and one.answer is None and (one.required or not required)
        ),
        None,
    )


def _must_ask(booking: Booking) -> bool:
    return unanswered(booking, required=True) is not None


def _may_ask(booking: Booking) -> bool:
    """What is optional is asked once; who was in a hurry finds it in the summary."""
    return not booking.draft.asked and unanswered(booking) is not None


STEPS: dict[str, Needed] = {
    "who": lambda booking: booking.provider is None,
    "options": lambda booking: bool(booking.service.options),
    "place": lambda booking: booking.draft.lat is None,
    "detail": lambda booking: not booking.draft.detail,
    "date": lambda booking: booking.draft.starts_at is None,
    "question": lambda booking: _must_ask(booking) or _may_ask(booking),
    "notes": lambda booking: not booking.draft.asked,
    "summary": lambda booking: True,
}
_ORDER = tuple(STEPS)
_ANSWERS: tuple[Needed, ...] = (
    *(STEPS[name] for name in ("who", "place", "detail", "date")), _must_ask,
)  # fmt: skip
# Steps that belong to another one: their way back leads there.
_PARENT = {"month": "date", "slot": "date", "coupon": "pay", "pay": "summary", "taken": "date", "map": "place",
           "far": "place", "work": "summary", "more": "work"}  # fmt: skip


def tag(booking: Booking) -> str:
    """Names the booking a button belongs to, in few letters: old buttons don't touch a new booking."""
    number = booking.draft.provider_id or 0
    for service in booking.services:
        number = number * 31 + service.id
    return f"{number % 0xFFFF:x}"


def complete(booking: Booking) -> bool:
    """Everything that must be answered is."""
    return not any(lacks(booking) for lacks in _ANSWERS)


def after(booking: Booking, step: str) -> str:
    """The next step that has something to ask."""
    rest = _ORDER[_ORDER.index(step) + 1 :]
    return next(name for name in rest if STEPS[name](booking))


def first(booking: Booking) -> str:
    return next(name for name in _ORDER if STEPS[name](booking))


def missing(booking: Booking) -> str:
    """The first step without which there is no order; the summary when nothing lacks."""
    if booking.provider is not None and complete(booking):
        return "summary"
    return next(name for name in _ORDER if name != "options" and STEPS[name](booking))


def before(booking: Booking, step: str) -> str | None:
    """Where Back leads; None leaves the wizard. A changed answer goes back to the summary."""
    if step in _PARENT:
        return _PARENT[step]
    if complete(booking) and booking.draft.asked and step != "summary":
        return "notes" if step == "question" else "summary"
    return earlier(booking, step)


def earlier(booking: Booking, step: str) -> str | None:
    """The step before, in the order of asking; None is the start."""
    left_out = {"who", "detail"}
    if not booking.service.options:
        left_out.add("options")
    if not asked(booking):
        left_out.add("question")
    found = [name for name in _ORDER[: _ORDER.index(step)] if name not in left_out]
    return found[-1] if found else None


def step_of(talk: Talk) -> str:
    """The step of the wizard in which the person is, or nothing."""
    name = talk.step.removeprefix("book.")
    return name if name != talk.step else ""


Show = Callable[[Talk, Booking], Awaitable[Screen]]
Step = Callable[..., Awaitable[Screen | None]]


def guarded(show: Callable[[Talk, Booking, str], Awaitable[Screen]],
            placed: Callable[[Talk, int], Awaitable[Screen]],
            gone: Callable[[Talk, Unknown | Invalid], Awaitable[Screen]],
            ) -> Callable[[Step], Step]:  # fmt: skip
    """Wraps a step of the wizard: loads the draft, keeps old buttons out, shows the present step on a refusal.

    `gone` answers where there is no draft, or nobody (any more) who does it. The wrapped handler takes (talk, booking,
    *ids); its button carries the booking's tag before the ids.
    """

    def decorate(handler: Step) -> Step:
        @wraps(handler)
        async def run(talk: Talk, tag_: str = "", *ids: Any) -> Screen | None:
            try:
                booking = await talk.core.bookings.open(customer_id=talk.person.id)
            except (Unknown, Invalid) as error:
                return await gone(talk, error)
            if booking.draft.order_id is not None:
                return await placed(talk, booking.draft.order_id)
            if tag_ and tag_ != tag(booking):
                talk.toast(talk.words.plain("This is your latest booking."))
                return await show(talk, booking, step_of(talk) or first(booking))
            try:
                return await handler(talk, booking, *ids)
            except DomainError as error:
                return await _refused(talk, error)

        async def _refused(talk: Talk, error: DomainError) -> Screen | None:
            if isinstance(error, Unknown) and error.what == "provider":
                return await gone(talk, error)
            talk.toast(sentence(error, talk.words), alert=True)
            try:
                booking = await talk.core.bookings.open(customer_id=talk.person.id)
            except (Unknown, Invalid) as changed:
                return await gone(talk, changed)
            return await show(talk, booking, step_of(talk) or first(booking))

        kinds = dict(handler.__annotations__)
        kinds.pop("booking")
        run.__annotations__ = {"talk": kinds.pop("talk"), "tag": str} | kinds
        return run

    return decorate


def saying(screen: Screen, text: str) -> Screen:
    """The step's screen with a word in front: how typed answers are answered."""
    return replace(screen, text=Markup("{}\n\n{}").format(text, screen.text))
