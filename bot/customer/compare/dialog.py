"""From the list to three side by side, and back to the list or on to a booking."""

from bot.conversation import Dialog
from bot.customer.compare.handlers import change, compare, extra, extras, others, put

DIALOG = Dialog(
    taps={
        "cmp": compare,
        "cmpc": change,
        "cmpw": others,
        "cmps": put,
        "cmpo": extras,
        "cmpx": extra,
    },
)
