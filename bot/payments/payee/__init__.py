"""Our pages for whoever is sent money to WeChat: who he is there, and his yes to a transfer."""

from bot.payments.payee.address import Payees
from bot.payments.payee.door import Door, add_payee_pages

__all__ = ["Door", "Payees", "add_payee_pages"]
