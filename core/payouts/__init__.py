"""What was earned reaches the provider: held for some days, withdrawn to an account of his, approved, sent."""
