"""What customers pay with: intentions first, then facts; states follow from the facts."""
