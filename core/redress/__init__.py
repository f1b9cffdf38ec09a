"""What is done where something went wrong: money back, a voucher, the work once more; and who pays for it."""
