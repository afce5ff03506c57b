"""The phrases that are known, and the words they are said in."""
