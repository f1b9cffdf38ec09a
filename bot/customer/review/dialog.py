"""Writing and changing a review."""

from bot.conversation import Dialog
from bot.customer.review import handlers

DIALOG = Dialog(
    taps={
        "review": handlers.review,
        "redit": handlers.edit,
        "rdim": handlers.dimension,
        "rstar": handlers.star,
        "rform": handlers.form,
        "rpics": handlers.pictures,
        "rdrop": handlers.drop,
        "rclear": handlers.clear,
        "rsee": handlers.see,
        "rpublish": handlers.publish,
    },
    says={"review": handlers.said},
)
