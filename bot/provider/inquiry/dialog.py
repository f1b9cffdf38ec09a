"""From the letter's button, from home, or by Telegram's own reply; what is sent then is the answer."""

from bot.conversation import Dialog
from bot.provider.inquiry import handlers

DIALOG = Dialog(
    taps={"iqa": handlers.answer},
    says={"inquiry": handlers.said},
    replies={"inquiry": handlers.replied},
)
