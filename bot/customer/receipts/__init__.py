"""What was paid and what came back, by month and by order, each with its paper."""
