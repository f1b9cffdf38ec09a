"""What a provider looks back on: his visits that are over, with what they brought and what was said of them."""
