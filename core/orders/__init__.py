"""Orders: from draft to closed; the lifecycle is a table."""
