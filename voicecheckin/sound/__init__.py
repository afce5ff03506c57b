"""Frames of sound: the protocol, the sound card, the simulated kitchen."""
