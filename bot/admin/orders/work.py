"""What was ordered as staff read it: each service of the visit with its price, its options and the answers."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.admin.parts import short
from bot.i18n import Words
from core.orders.answers import answered
from core.orders.model import Order


def work(words: Words, order: Order) -> Iterator[Markup]:
    for task in order.tasks:
        for row in task.lines:
            times = f" ×{row['count']}" if row["count"] > 1 else ""
            amount = words.money(row["amount"], order.currency)
            yield Markup("🧰 {}{} — {}").format(short(words.pick(row["names"]), 60), times, amount)
        for question, answer in answered(questions=task.questions, answers=task.answers):
            yield Markup("• {} <b>{}</b>").format(
                short(words.pick(question), 80), short(words.pick(answer), 80)
            )
