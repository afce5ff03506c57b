"""Finds out whether a device is fit for its table, and says what to do where it is not."""
