"""The engine: a plan minute by minute against what happens; compiled, and without randomness."""
