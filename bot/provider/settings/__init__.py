"""The provider's own choices."""
