"""How help looks."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import back, home_row, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.rules import Rules
from core.support.model import Question, Said, Ticket, TicketState

TICKETS = {
    TicketState.OPEN: mark("waiting for an answer"),
    TicketState.ANSWERED: mark("answered"),
    TicketState.CLOSED: mark("closed"),
}

PAGE = 6


def topics(questions: Sequence[Question]) -> list[dict[str, str]]:
    """Topics in the order of their first question."""
    found: list[dict[str, str]] = []
    for question in questions:
        if question.topic not in found:
            found.append(question.topic)
    return found


def start(
    questions: Sequence[Question], ticket: Ticket | None, rules: Rules, words: Words
) -> Screen:
    text = lines(
        words("🛟 <b>How can we help?</b>"),
        words("Type your question, choose a topic, or call {number} ({hours}).",
              number=rules.text("hotline"), hours=rules.text("hotline_hours")),
        _ticket_line(ticket, words) if ticket else None,
    )  # fmt: skip
    buttons = [
        Button(short(words.pick(topic), 24), press("faq", index, 0))
        for index, topic in enumerate(topics(questions)[:8])
    ]
    label = words.plain("💬 Continue {number}", number=ticket.number) if ticket else (
        words.plain("💬 Ask us"))  # fmt: skip
    ask = Button(label, press("ask"), style="primary")
    return Screen(text, [*grid(buttons), [ask], home_row(words)])


def _ticket_line(ticket: Ticket, words: Words) -> Markup:
    return words(
        "Your question {number}: {state}", number=ticket.number, state=words(TICKETS[ticket.state])
    )


def likely(
    fitting: Sequence[Question], everything: Sequence[Question], asked: str, words: Words
) -> Screen:
    """Ready answers to typed words, and what else can be done with them."""
    text = lines(
        Markup("“{}”").format(short(asked, 200)),
        words("Perhaps this helps:") if fitting else words("I have no ready answer to that."),
        None if fitting else words("Shall we ask our staff?"),
    )
    rows = [
        [Button(short(words.pick(q.question), 44), press("faqq", q.id, *_place(q, everything)))]
        for q in fitting
    ]
    ask = Button(words.plain("💬 Ask our staff"), press("askthis"), style="primary")
    look = Button(words.plain("🔎 Find a service"), press("found"))
    return Screen(text, [*rows, [ask], [look], [back(words, press("help")), *home_row(words)]])


def _place(question: Question, everything: Sequence[Question]) -> tuple[int, int]:
    """Topic and page on which it stands."""
    same = [q.id for q in everything if q.topic == question.topic]
    return topics(everything).index(question.topic), same.index(question.id) // PAGE


def topic(questions: Sequence[Question], index: int, number: int, words: Words) -> Screen:
    known = topics(questions)
    chosen = known[index] if 0 <= index < len(known) else None
    page = Page.of([q for q in questions if q.topic == chosen], number, size=PAGE)
    rows = [
        [Button(short(words.pick(q.question), 44), press("faqq", q.id, index, page.number))]
        for q in page.items
    ]
    text = Markup("<b>{}</b>").format(short(words.pick(chosen or {}), 80) or words.plain("Help"))
    return Screen(text, [*rows, *page.turns("faq", index), [back(words, press("help"))]])


def answer(question: Question, index: int, number: int, words: Words) -> Screen:
    text = lines(
        Markup("<b>{}</b>").format(short(words.pick(question.question), 300)), Markup(""),
        short(words.pick(question.answer), 1500),
    )  # fmt: skip
    ask = Button(words.plain("💬 Still unsure? Ask us"), press("ask"))
    return Screen(text, [[ask], [back(words, press("faq", index, number))]])


def ask(order: Order | None, ticket: Ticket | None, said: Sequence[Said], words: Words) -> Screen:
    """Where questions are typed; the end of the conversation so far is shown."""
    text = lines(
        words("💬 <b>Write to us</b>"),
        _ticket_line(ticket, words) if ticket else None,
        words("About order <code>{number}</code>", number=spell_order_number(order.number))
        if order else None,
        *[_line(one, words) for one in said[-4:]],
        words("Type your question; photos are welcome. We'll answer right here."),
    )  # fmt: skip
    rows = []
    if ticket is not None:
        rows.append([Button(words.plain("✅ It's solved"), press("solved", ticket.id))])
    where = press("order", order.id) if order else press("help")
    return Screen(text, [*rows, [back(words, where)]])


def _line(one: Said, words: Words) -> Markup:
    who = words("Support") if one.from_staff else words("You")
    text = short(one.text, 200) if one.text else "📷"
    return words("<b>{name}</b>: {text}", name=who, text=text)


def sent(ticket: Ticket, rules: Rules, words: Words) -> Screen:
    text = lines(
        words("✅ Sent. Your question is {number}.", number=ticket.number),
        words("We'll answer right here. Just type on if you have more to say."),
        words("In a hurry? Call {number} ({hours}).", number=rules.text("hotline"),
              hours=rules.text("hotline_hours")),
    )  # fmt: skip
    solved = Button(words.plain("✅ It's solved"), press("solved", ticket.id))
    return Screen(text, [[solved], home_row(words)])


def empty(words: Words) -> Screen:
    text = words("Please send words or photos, so that we can help.")
    return Screen(text, [[back(words, press("help"))]])


def solved(ticket: Ticket, words: Words) -> Screen:
    text = words("Glad to hear it. {number} is closed.", number=ticket.number)
    return Screen(text, [home_row(words)])
