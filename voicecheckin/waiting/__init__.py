"""Between two sittings: what may begin one, and nothing else."""
