"""The screen everything starts from."""

from bot.conversation import Dialog
from bot.provider.home.handlers import cancel, home_page, start, switch

DIALOG = Dialog(
    taps={"home": home_page, "work": switch},
    commands={"start": start, "cancel": cancel},
)
