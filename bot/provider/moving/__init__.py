"""Another time for a job: the customer's wish answered, one's own put to the customer."""
