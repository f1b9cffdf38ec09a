"""What a page for paying shows, whoever the company is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Bill:
    """`amount` is in minor units; `language` "auto" leaves it to the browser; `back` leads to the chat."""

    title: str
    amount: int
    currency: str
    state: State
    language: str = "auto"
    back: str = "/"
