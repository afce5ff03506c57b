"""Takes what the device itself plays out of what it hears."""
