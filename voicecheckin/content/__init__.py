"""What is said, as data: one folder per language, read into a script."""
