"""How help looks: ready answers, the hotline, writing to the staff."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from bot.sides import order_press
from bot.support.parts import back, home_row, lines, look, short
from bot.support.tickets import KINDS, head, line
from core.faq.model import Chapter, Question, Topic
from core.ids import spell_order_number
from core.orders.model import Order
from core.rules import Rules
from core.support.hours import read_hours
from core.support.model import Said, Ticket, TicketKind, TicketState

PAGE, TOPICS = 6, 4


def hotline(rules: Rules, now: datetime, words: Words) -> Markup:
    """The number to tap, and whether somebody is there."""
    number, text = rules.text("hotline"), rules.text("hotline_hours")
    hours = read_hours(text)
    if hours is None:
        return words("☎️ <code>{number}</code> ({hours})", number=number, hours=text)
    if hours.open(words.local(now)):
        until = f"{hours.closes:%H:%M}"
        return words("☎️ <code>{number}</code> · open now, until {time}", number=number, time=until)
    at = f"{hours.opens:%H:%M}"
    return words("☎️ <code>{number}</code> · closed, opens at {time}", number=number, time=at)


def start(
    chapters: Sequence[Chapter], ticket: Ticket | None, hand: str, rules: Rules, now: datetime,
    words: Words, side: str,
) -> Screen:  # fmt: skip
    text = lines(
        words("🛟 <b>How can we help?</b>"),
        words("Type your question, or choose a topic."),
        hotline(rules, now, words),
        head(ticket, hand, words) if ticket else None,
    )
    shown = len(chapters) if len(chapters) <= TOPICS else TOPICS - 1
    buttons = [_topic(one.topic, words) for one in chapters[:shown]]
    if shown < len(chapters):
        buttons.append(Button(words.plain("More topics"), press("faqs", 0)))
    label = words.plain("💬 Talk to a person")
    if ticket:
        label = words.plain("💬 Continue {number}", number=ticket.number)
    return Screen(
        text,
        [
            *grid(buttons),
            [Button(label, press("ask"), style="primary")],
            [Button(words.plain("📣 Complaint or idea"), press("voice"))],
            [Button(words.plain("🗂 My requests"), press("treqs", 0)), *home_row(words, side)],
        ],
    )


def _topic(topic: Topic, words: Words) -> Button:
    return Button(short(words.pick(topic.names), 24), press("faq", topic.id, 0))


def all_topics(chapters: Sequence[Chapter], number: int, words: Words) -> Screen:
    page = Page.of(chapters, number, PAGE)
    buttons = [_topic(one.topic, words) for one in page.items]
    text = words("<b>Choose a topic</b>")
    return Screen(text, [*grid(buttons), *page.turns("faqs"), [back(words, press("help"))]])


def likely(
    fitting: Sequence[Question], chapters: Sequence[Chapter], asked: str, words: Words, side: str
) -> Screen:
    """Ready answers to typed words, and what else can be done with them."""
    text = lines(
        Markup("“{}”").format(short(asked, 200)),
        words("Perhaps this helps:") if fitting else words("I have no ready answer to that."),
        None if fitting else words("Shall we ask our staff?"),
    )
    rows = [_question(q, chapters, words) for q in fitting]
    ask = Button(words.plain("💬 Ask our staff"), press("askthis"), style="primary")
    away = [back(words, press("help")), *home_row(words, side)]
    return Screen(text, [*rows, [ask], look(words, side), away])


def _question(one: Question, chapters: Sequence[Chapter], words: Words) -> list[Button]:
    data = press("faqq", one.id, one.topic_id, _page(one, chapters))
    return [Button(short(words.pick(one.question), 44), data)]


def _page(question: Question, chapters: Sequence[Chapter]) -> int:
    """Of its topic, on which it stands."""
    beside = next(one.questions for one in chapters if one.topic.id == question.topic_id)
    return [one.id for one in beside].index(question.id) // PAGE


def topic(chapter: Chapter, number: int, words: Words) -> Screen:
    page, topic_id = Page.of(chapter.questions, number, size=PAGE), chapter.topic.id
    rows = [
        [Button(short(words.pick(q.question), 44), press("faqq", q.id, topic_id, page.number))]
        for q in page.items
    ]
    turns = page.turns("faq", topic_id)
    return Screen(topic_head(chapter.topic, words), [*rows, *turns, [back(words, press("help"))]])


def topic_head(topic: Topic, words: Words) -> Markup:
    return Markup("<b>{}</b>").format(short(words.pick(topic.names), 80))


def answered(question: Question, words: Words) -> Markup:
    """A question with its answer, as it is read."""
    return lines(
        Markup("<b>{}</b>").format(short(words.pick(question.question), 300)), Markup(""),
        short(words.pick(question.answer), 1500), Markup(""), words("Did this help?"),
    )  # fmt: skip


def answer(question: Question, number: int, words: Words) -> Screen:
    """`number`: the page of its topic to go back to."""
    yes = Button(words.plain("👍 Yes, thanks"), press("helped"))
    ask = Button(words.plain("💬 Talk to a person"), press("ask"))
    away = back(words, press("faq", question.topic_id, number))
    return Screen(answered(question, words), [[yes, ask], [away]])


def ready(
    fitting: Sequence[Question], chapters: Sequence[Chapter], words: Words, side: str
) -> Screen:
    """A question typed anywhere gets its answer at once; others that may be meant are below."""
    yes = Button(words.plain("👍 Yes, thanks"), press("helped"))
    ask = Button(words.plain("💬 Talk to a person"), press("askthis"))
    rows = [_question(one, chapters, words) for one in fitting[1:3]]
    away = [*look(words, side), *home_row(words, side)]
    return Screen(answered(fitting[0], words), [[yes, ask], *rows, away])


def about_what(words: Words) -> Screen:
    """Which of the two it is."""
    text = lines(
        words("📣 <b>Complaint or idea</b>"),
        words("It gets a number, and you can see how it stands at any time."),
    )
    complaint = Button(words.plain("📣 A complaint"), press("tnew", TicketKind.COMPLAINT, 0))
    idea = Button(words.plain("💡 An idea"), press("tnew", TicketKind.IDEA, 0))
    return Screen(text, [[complaint, idea], [back(words, press("help"))]])


def ask(
    kind: TicketKind, order: Order | None, ticket: Ticket | None, hand: str, said: Sequence[Said],
    orders: Sequence[Order], words: Words, side: str, *, now: datetime,
) -> Screen:  # fmt: skip
    """Where it is typed; the end of the conversation so far is shown, an order is attached with one tap."""
    closed = ticket is not None and ticket.state is TicketState.CLOSED
    text = lines(
        Markup("<b>{}</b>").format(words.plain(KINDS[kind][1])),
        head(ticket, hand, words) if ticket else None,
        words("About order <code>{number}</code>", number=spell_order_number(order.number))
        if order else None,
        *[line(one, words) for one in said[-4:]],
        words("Write what is still wrong, and it is open again.") if closed else
        words("Type it; photos and voice messages are welcome. We'll answer right here."),
    )  # fmt: skip
    rows = [] if order or ticket else [_attach(one, kind, now, words) for one in orders]
    if ticket is not None and not closed:
        rows.append([Button(words.plain("✅ It's solved"), press("solved", ticket.id))])
    if order and not ticket:
        to_order = Button(words.plain("‹ Order"), order_press(side, order.id))
        return Screen(text, [*rows, [to_order]])
    return Screen(text, [*rows, [back(words, press("help"))]])


def _attach(order: Order, kind: TicketKind, now: datetime, words: Words) -> list[Button]:
    name = words.pick(order.snapshot.get("names", {}))
    label = f"📎 {short(name, 18)} · {words.moment(order.starts_at, now=now)}"
    return [Button(label, press("tnew", kind, order.id))]


def sent(
    ticket: Ticket, hand: str, before: int, rules: Rules, now: datetime, words: Words, *,
    named: Order | None = None,
) -> Screen:  # fmt: skip
    """Its number, who has it, and nothing promised that nobody can keep; an order `named` alone can be opened."""
    number = ticket.number
    waiting = words.plural(
        "{n} question is before yours.", "{n} questions are before yours.", before
    )
    taken = words("{name} has it.", name=hand.split()[0]) if hand else None
    text = lines(
        words(KINDS[ticket.kind][2], number=number),
        taken or (waiting if before else None),
        words("We'll answer right here. Just type on if you have more to say."),
        hotline(rules, now, words),
    )  # fmt: skip
    solved = Button(words.plain("✅ It's solved"), press("solved", ticket.id))
    mine = Button(words.plain("🗂 My requests"), press("treqs", 0))
    see = named and Button(words.plain("📋 See order"), order_press(ticket.bot, named.id))
    return Screen(text, [[solved, mine], [*([see] if see else []), *home_row(words, ticket.bot)]])


def empty(words: Words) -> Screen:
    text = words("Please send words, photos or a voice message, so that we can help.")
    return Screen(text, [[back(words, press("help"))]])


def solved(ticket: Ticket, words: Words) -> Screen:
    text = words("Glad to hear it. {number} is closed.", number=ticket.number)
    return Screen(text, [home_row(words, ticket.bot)])
