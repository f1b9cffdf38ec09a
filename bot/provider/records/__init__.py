"""Records: visits that are over, filtered and searched, one in detail, all of them as a table."""
