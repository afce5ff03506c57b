"""What is kept, sealed, resumed and forgotten."""
