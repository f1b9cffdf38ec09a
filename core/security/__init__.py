"""How safe the back office is: who tried what they may not."""
