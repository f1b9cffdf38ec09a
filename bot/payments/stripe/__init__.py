"""Bank cards on the pages of Stripe."""
