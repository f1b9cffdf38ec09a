"""What the provider offers and asks for it: prices changed, services added, paused and given up."""
