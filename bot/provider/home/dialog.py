"""The screen everything starts from."""

from bot.conversation import Dialog
from bot.provider.home.handlers import cancel, help_page, home_page, start, switch

DIALOG = Dialog(
    taps={"home": home_page, "work": switch, "help": help_page},
    commands={"start": start, "help": help_page, "cancel": cancel},
)
