"""What we keep about a customer: told, copied, forgotten."""
