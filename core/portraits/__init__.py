"""The photo on a provider's page: another one is seen by staff before customers see it."""
