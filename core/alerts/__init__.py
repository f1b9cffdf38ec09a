"""What is not as it should be with an order or between people: found by rule, said once, put right by the staff."""
