"""Help: one map for both bots."""

from bot.conversation import Dialog, Handler
from bot.support import handlers, heard, tickets, wondering
from bot.support.wondering import Known


def dialog(known: Known, pinned: Handler | None = None) -> Dialog:
    """`known` answers words that the bot surely knows: its screens, orders, a code at the door; `pinned` a place that
    is shared, which else goes to the staff.
    """
    return Dialog(
        taps={
            "help": handlers.help_,
            "faqs": handlers.topics,
            "faq": handlers.faq,
            "faqq": handlers.question,
            "helped": handlers.helped,
            "ask": handlers.ask,
            "askthis": wondering.ask_this,
            "helpo": handlers.ask_about,
            "voice": handlers.voice,
            "tnew": handlers.new,
            "treqs": tickets.mine,
            "treq": tickets.one,
            "solved": handlers.solved,
            "tanswer": handlers.answer_to,
            "hanswer": heard.answer,
        },
        says={
            "help": wondering.wondered(known, pinned),
            "ticket": handlers.said,
            heard.STEP: heard.said,
        },
        commands={"help": handlers.help_},
        replies={"ticket_said": handlers.replied, "heard": heard.replied},
    )
