"""News and offers from the platform to all customers who want them."""
