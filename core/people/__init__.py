"""Who: customers, providers, staff, their addresses, hours and certificates."""
