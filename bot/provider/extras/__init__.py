"""Extra work and parts: written line by line, sent to the customer, answered."""
