"""News and offers of the platform, as customers and providers get them."""
