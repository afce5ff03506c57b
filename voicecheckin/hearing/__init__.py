"""Frames to events: voice activity, endpointing, phrases, decisions."""
