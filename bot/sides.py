"""What differs between the customers' and the providers' bot in conversations that both have: where buttons lead."""

from bot.i18n import Words
from bot.screen import Button, press

HOME = {"customer": press("home", 0), "provider": press("home")}
ORDER = {"customer": "order", "provider": "job"}


def home_row(words: Words, side: str) -> list[Button]:
    return [Button(words.plain("🏠 Home"), HOME[side])]


def order_press(side: str, order_id: int) -> str:
    """Opens the order, which providers call a job."""
    return press(ORDER[side], order_id)
