"""The language."""

from bot.conversation import Dialog
from bot.provider.settings.handlers import choose, settings, start_in

DIALOG = Dialog(
    taps={"set": settings, "lang": choose, "tongue": start_in},
    commands={"settings": settings, "language": settings},
)
