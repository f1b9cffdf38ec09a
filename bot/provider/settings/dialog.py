"""The language, and the photo on the own page."""

from bot.conversation import Dialog
from bot.provider.settings.handlers import choose, settings, start_in
from bot.provider.settings.photo import ask_photo, photo_said

DIALOG = Dialog(
    taps={"set": settings, "lang": choose, "tongue": start_in, "myphoto": ask_photo},
    says={"set.photo": photo_said},
    commands={"settings": settings, "language": settings},
)
