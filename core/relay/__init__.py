"""Talk between the customer and the provider of an order, passed on without anybody's contact data."""
