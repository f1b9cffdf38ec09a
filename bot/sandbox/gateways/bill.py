"""What a page for paying shows, whoever the company is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


class Act(StrEnum):
    """What may become of a payment: at the company's own desk, or at the customer's bank."""

    PART = "part"
    REST = "rest"
    DISPUTE = "dispute"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Bill:
    """`amount` is in minor units; `language` "auto" leaves it to the browser; `back` leads to the chat.

    `left` is what of it was not given back yet; `acts` are those that can happen besides giving back.
    """

    title: str
    amount: int
    currency: str
    state: State
    language: str = "auto"
    back: str = "/"
    left: int = 0
    acts: tuple[Act, ...] = ()

    @property
    def possible(self) -> tuple[Act, ...]:
        """What can happen to it now."""
        if self.state is not State.PAID:
            return ()
        return (*((Act.PART, Act.REST) if self.left else ()), *self.acts)

    def given_back_by(self, act: Act) -> int:
        """A quarter of what is left, or all of it."""
        return -(-self.left // 4) if act is Act.PART else self.left
