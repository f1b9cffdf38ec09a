"""Help."""

from bot.conversation import Dialog
from bot.customer.support import handlers, wondering

DIALOG = Dialog(
    taps={
        "help": handlers.help_,
        "faq": handlers.faq,
        "faqq": handlers.question,
        "ask": handlers.ask,
        "askthis": wondering.ask_this,
        "helpo": handlers.ask_about,
        "solved": handlers.solved,
        "tanswer": handlers.answer_to,
    },
    says={"help": wondering.wondered, "ticket": handlers.said},
    commands={"help": handlers.help_},
)
