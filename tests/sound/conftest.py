"""Fixtures for everything that sounds."""

from tests.sound_stack import stack

__all__ = ["stack"]
