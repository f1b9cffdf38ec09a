"""Lists of reviews, one of them, the answer to it and what a provider has against it."""

from bot.conversation import Dialog
from bot.provider.reviews import answering, handlers, reporting

DIALOG = Dialog(
    taps={
        "reviews": handlers.reviews,
        "revlists": handlers.lists,
        "review": handlers.review,
        "revpics": handlers.pictures,
        "revsay": answering.ask,
        "revsend": answering.publish,
        "revflag": reporting.ask,
        "revwhy": reporting.why,
        "revtell": reporting.tell,
    },
    says={
        "review.answer": answering.said,
        "review.report": reporting.said,
    },
    commands={"reviews": handlers.command},
)
