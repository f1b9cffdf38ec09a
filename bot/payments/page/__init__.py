"""Our own page for paying: a code to scan on a computer, a button into the app on a phone."""

from bot.payments.page.address import Pages
from bot.payments.page.door import Door, add_pay_pages

__all__ = ["Door", "Pages", "add_pay_pages"]
