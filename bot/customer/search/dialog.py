"""What is typed at any time: results, a list of who is free at the time that was named, another time for it."""

from bot.conversation import Dialog
from bot.customer.search.aside import aside
from bot.customer.search.coming import look_there
from bot.customer.search.free import everybody, free, other_time, place, wait
from bot.customer.search.handlers import found
from bot.customer.search.reach import look_around

DIALOG = Dialog(
    taps={
        "found": found,
        "aside": aside,
        "there": look_there,
        "reach": look_around,
        "lt": free,
        "lto": everybody,
        "ltm": other_time,
        "ltw": place,
        "ltq": wait,
    },
)
