"""The promotions this customer can use, one of them, and on to who can come for the lower price."""

from bot.conversation import Dialog
from bot.customer.deals.handlers import deal, deals, my_deals, take

DIALOG = Dialog(
    taps={"deals": deals, "deal": deal, "dealat": take},
    commands={"deals": my_deals},
)
