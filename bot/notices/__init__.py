"""What reaches a person, and how: chosen in the customers' and in the providers' bot by the same screens."""
