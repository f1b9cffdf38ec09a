"""How much, and who bears it: asked alike for a complaint's outcome and for a refund from the order's screen."""
