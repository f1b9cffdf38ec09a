"""A provider who was taken out may ask that somebody else looks at it."""
