"""A few who fit this customer, each with its reason, and the switch."""

from bot.conversation import Dialog
from bot.customer.foryou.handlers import for_you, switch

DIALOG = Dialog(taps={"recs": for_you, "recsw": switch})
