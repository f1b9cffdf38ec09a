"""Jobs: lists, the card of one, and the way from promise to pay."""
