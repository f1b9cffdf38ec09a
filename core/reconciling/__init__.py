"""Each day's statement of each way of being paid, compared with the book."""
