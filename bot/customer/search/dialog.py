"""What is typed at any time: results, a list of who is free at the time that was named, another time for it."""

from bot.conversation import Dialog
from bot.customer.search.aside import aside
from bot.customer.search.free import free, other_time, place
from bot.customer.search.handlers import found

DIALOG = Dialog(taps={"found": found, "aside": aside, "lt": free, "ltm": other_time, "ltw": place})
