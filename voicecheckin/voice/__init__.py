"""Text to samples: engines, cache, playback."""
