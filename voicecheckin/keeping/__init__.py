"""What both agreed to keep: sealed, expiring, and forgotten at a word."""
