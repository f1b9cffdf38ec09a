"""What there is, a list order by order, and one order in detail."""

from bot.conversation import Dialog
from bot.provider.income.handlers import command, detail, income, money

DIALOG = Dialog(
    taps={"money": money, "income": income, "earned": detail}, commands={"income": command}
)
