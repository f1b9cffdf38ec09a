"""What came in, order by order, out of the book."""
