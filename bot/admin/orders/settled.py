"""What is left of an alert to the staff once it is settled: what it was, and who did what about it when."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.admin.orders import timeline
from bot.admin.orders.screens import service
from bot.admin.orders.whole import Whole, whole
from bot.admin.parts import dotted, lines
from bot.i18n import Words
from bot.standing import Line
from core.ids import spell_order_number
from core.orders.model import Step
from core.services import Core


def settled(was: str, *verbs: str) -> Line:
    """`verbs` are the steps that settle it; where it was none of them, the last one did."""

    async def line(core: Core, due: Any, words: Words, now: datetime) -> Markup:
        one = await whole(core, order_id=due.subject, now=now)
        number = Markup("<b>{}</b>").format(spell_order_number(one.order.number))
        return lines(
            dotted(words(was), number, service(words, one.order)),
            Markup("✅ {}").format(_how(words, one, verbs)),
        )

    return line


def _how(words: Words, one: Whole, verbs: tuple[str, ...]) -> Markup:
    if "contacted" in verbs and (at := one.order.contacted_at):
        return words("The provider got in touch, {time}", time=words.lasting(at))
    found = [step for step in one.steps if step.verb in verbs] or list(one.steps)
    return _done(words, one, found[-1])


def _done(words: Words, one: Whole, step: Step) -> Markup:
    known = timeline.VERBS.get(step.verb)
    return words(
        "{what} · {who}, {time}", what=words(known) if known else words("Changed"),
        who=timeline.who(words, one, step.actor, step.actor_id), time=words.lasting(step.at),
    )  # fmt: skip
