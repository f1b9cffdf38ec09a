"""Stripe: Checkout pages, charges, refunds and signed notices. The real SDK talks to it over HTTP."""

from bot.sandbox.gateways.stripe.stand_in import StripeStandIn

__all__ = ["StripeStandIn"]
