"""Bank cards on the pages of Stripe."""

from bot.payments.stripe.method import StripeMethod

__all__ = ["StripeMethod"]
