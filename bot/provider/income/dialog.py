"""A list with balances, and one order in detail."""

from bot.conversation import Dialog
from bot.provider.income.handlers import command, detail, income

DIALOG = Dialog(taps={"income": income, "earned": detail}, commands={"income": command})
