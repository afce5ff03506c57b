"""What decides which known phrase an utterance is, if any."""
