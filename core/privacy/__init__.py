"""What we keep about a customer, what they may have of it, and what becomes of it when they leave."""
