"""The order of the wizard's steps, which of them have something to ask, and the guard around every tap.

Nothing is remembered here: the draft and the talk's step say everything, so a restart goes unnoticed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from markupsafe import Markup

from bot.conversation import Talk
from bot.errors import sentence
from bot.screen import Screen
from core.errors import DomainError, Invalid, Unknown
from core.orders.booking import Booking

Needed = Callable[[Booking], bool]

STEPS: dict[str, Needed] = {
    "options": lambda booking: bool(booking.service.options),
    "place": lambda booking: booking.draft.lat is None,
    "detail": lambda booking: not booking.draft.detail,
    "date": lambda booking: booking.draft.starts_at is None,
    "summary": lambda booking: True,
}
_ORDER = tuple(STEPS)
# Steps that belong to another one: their way back leads there.
_PARENT = {"slot": "date", "notes": "summary", "question": "notes", "coupon": "summary",
           "pay": "summary", "taken": "date", "map": "place"}  # fmt: skip


def tag(booking: Booking) -> str:
    """Names the booking a button belongs to, in few letters: old buttons don't touch a new booking."""
    number = (booking.draft.service_id or 0) * 31 + (booking.draft.provider_id or 0)
    return f"{number % 0xFFFF:x}"


def complete(booking: Booking) -> bool:
    """Everything that must be asked has been answered."""
    return not any(STEPS[name](booking) for name in ("place", "detail", "date"))


def after(booking: Booking, step: str) -> str:
    """The next step that has something to ask."""
    rest = _ORDER[_ORDER.index(step) + 1 :]
    return next(name for name in rest if STEPS[name](booking))


def first(booking: Booking) -> str:
    return next(name for name in _ORDER if STEPS[name](booking))


def before(booking: Booking, step: str) -> str | None:
    """Where Back leads; None leaves the wizard. A changed answer goes back to the summary."""
    if step in _PARENT:
        return _PARENT[step]
    if complete(booking) and step != "summary":
        return "summary"
    earlier = [name for name in _ORDER[: _ORDER.index(step)] if name != "detail"]
    if not booking.service.options:
        earlier = [name for name in earlier if name != "options"]
    return earlier[-1] if earlier else None


def step_of(talk: Talk) -> str:
    """The step of the wizard in which the person is, or nothing."""
    name = talk.step.removeprefix("book.")
    return name if name != talk.step else ""


Show = Callable[[Talk, Booking], Awaitable[Screen]]
Step = Callable[..., Awaitable[Screen | None]]


def guarded(show: Callable[[Talk, Booking, str], Awaitable[Screen]],
            placed: Callable[[Talk, int], Awaitable[Screen]],
            gone: Callable[[Talk], Awaitable[Screen]]) -> Callable[[Step], Step]:  # fmt: skip
    """Wraps a step of the wizard: loads the draft, keeps old buttons out, shows the present step on a refusal.

    The wrapped handler takes (talk, booking, *ids); its button carries the booking's tag before the ids.
    """

    def decorate(handler: Step) -> Step:
        @wraps(handler)
        async def run(talk: Talk, tag_: str = "", *ids: Any) -> Screen | None:
            try:
                booking = await talk.core.bookings.open(customer_id=talk.person.id)
            except (Unknown, Invalid):
                return await gone(talk)
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
            talk.toast(sentence(error, talk.words), alert=True)
            booking = await talk.core.bookings.open(customer_id=talk.person.id)
            screen = await show(talk, booking, step_of(talk) or first(booking))
            return screen if talk.incoming.press else saying(screen, sentence(error, talk.words))

        kinds = dict(handler.__annotations__)
        kinds.pop("booking")
        run.__annotations__ = {"talk": kinds.pop("talk"), "tag": str} | kinds
        return run

    return decorate


def saying(screen: Screen, text: str) -> Screen:
    """The step's screen with a word in front: how typed answers are answered."""
    return replace(screen, text=Markup("{}\n\n{}").format(text, screen.text))
