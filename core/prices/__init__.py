"""What providers ask for their services: changed at once inside the band, by staff's leave outside it."""
