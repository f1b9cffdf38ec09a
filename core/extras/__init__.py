"""Extra work and parts: proposed at the door, and on the bill only once the customer has said yes."""
