"""Language, addresses, phone."""

from bot.conversation import Dialog
from bot.customer.settings import addresses
from bot.customer.settings.handlers import (
    ask_phone,
    forget_phone,
    language,
    phone_said,
    set_language,
    settings,
)

DIALOG = Dialog(
    taps={
        "set": settings,
        "langs": language,
        "lang": set_language,
        "addrs": addresses.addresses,
        "addr": addresses.address,
        "addradd": addresses.add,
        "addrplace": addresses.ask_place,
        "addrpick": addresses.pick,
        "addrdoor": addresses.ask_door,
        "addrname": addresses.ask_label,
        "addrlabel": addresses.label,
        "addrfirst": addresses.prefer,
        "addrdel": addresses.forget,
        "phone": ask_phone,
        "phonedel": forget_phone,
    },
    says={
        "phone": phone_said,
        "addr.place": addresses.place_said,
        "addr.door": addresses.door_said,
        "addr.label": addresses.label_said,
    },
    commands={"settings": settings, "language": language},
)
