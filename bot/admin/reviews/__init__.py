"""Reviews that providers reported: kept or hidden."""
