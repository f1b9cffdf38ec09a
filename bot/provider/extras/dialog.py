"""Whatever is typed on the proposal is a line, a photo is a photo; only the reason and an answer are asked for."""

from bot.conversation import Dialog
from bot.provider.extras import answers, handlers

DIALOG = Dialog(
    taps={
        "extra": handlers.open_,
        "xlist": handlers.choose,
        "xadd": handlers.add,
        "xcut": handlers.cut,
        "xcutgo": handlers.remove,
        "xwhy": handlers.ask_why,
        "xbecause": handlers.because,
        "xshots": handlers.ask_photos,
        "xnoshots": handlers.no_photos,
        "xlong": handlers.ask_longer,
        "xlonger": handlers.longer,
        "xsend": handlers.send,
        "xback": answers.withdraw,
        "xreply": answers.ask_reply,
    },
    says={
        "extra": handlers.said,
        "extra.why": handlers.why_said,
        "extra.reply": answers.reply_said,
    },
)
