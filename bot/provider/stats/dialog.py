"""One message that turns from span to span; below each figure the orders it was counted from."""

from bot.conversation import Dialog
from bot.provider.stats.handlers import behind, command, parts, pile, stats

DIALOG = Dialog(
    taps={"stats": stats, "behind": behind, "pile": pile, "pileparts": parts},
    commands={"stats": command},
)
"""Spans are named by their unit and any day (ordinal) in them; 0 is today."""
