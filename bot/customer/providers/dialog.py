"""The list of those who can come, its order and filters, and one provider's page."""

from bot.conversation import Dialog
from bot.customer.providers.handlers import filters, offers, relocate, sorts
from bot.customer.providers.page import (
    favourite,
    favourites,
    my_favourites,
    pictures,
    provider,
    reviews,
)

DIALOG = Dialog(
    taps={
        "l": offers,
        "lw": relocate,
        "o": sorts,
        "f": filters,
        "p": provider,
        "rv": reviews,
        "rf": pictures,
        "fav": favourite,
        "favs": favourites,
    },
    commands={"favourites": my_favourites},
)
