"""What: categories and services with their prices, options and questions."""
