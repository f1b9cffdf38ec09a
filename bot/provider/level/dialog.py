"""The own level beside the next one, and all levels in a row."""

from bot.conversation import Dialog
from bot.provider.level.handlers import every, level

DIALOG = Dialog(taps={"level": level, "levels": every}, commands={"level": level})
