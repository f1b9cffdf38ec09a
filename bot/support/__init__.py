"""Help: ready answers and conversations with the staff, the same in the customers' and in the providers' bot."""
