"""A local Telegram: Bot API for the bots, a chat page for people, faults and a clock for tests."""

from bot.sandbox.floods import Floods
from bot.sandbox.server import BOTS, STAFF_CHAT, Sandbox
from bot.sandbox.world import Place, SandboxBot

__all__ = ["BOTS", "STAFF_CHAT", "Floods", "Place", "Sandbox", "SandboxBot"]
