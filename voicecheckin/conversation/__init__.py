"""When something is said: the conversation, free of sound, clocks, files and threads."""
