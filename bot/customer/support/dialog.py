"""Help."""

from bot.conversation import Dialog
from bot.customer.support import handlers, tickets, wondering

DIALOG = Dialog(
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
    },
    says={"help": wondering.wondered, "ticket": handlers.said},
    commands={"help": handlers.help_},
    replies={"ticket_said": handlers.replied},
)
