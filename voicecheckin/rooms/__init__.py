"""Where a check-in happens: on paper, in a simulated kitchen, at the sound card."""
