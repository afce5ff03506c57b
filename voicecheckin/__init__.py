"""A speaker on the kitchen table that guides a couple through a check-in."""

__version__ = "0.1.0"
