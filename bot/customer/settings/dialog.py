"""Language, addresses, phone, announcements."""

from bot.conversation import Dialog
from bot.customer.settings.handlers import (
    addresses,
    ask_phone,
    forget_address,
    language,
    mute,
    phone_said,
    set_language,
    settings,
)

DIALOG = Dialog(
    taps={
        "set": settings,
        "langs": language,
        "lang": set_language,
        "mute": mute,
        "addrs": addresses,
        "addrdel": forget_address,
        "phone": ask_phone,
    },
    says={"phone": phone_said},
    commands={"settings": settings, "language": language},
)
