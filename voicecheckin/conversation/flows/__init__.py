"""One object for each step that is under way; it owns its answers, and goes with its outcome."""
