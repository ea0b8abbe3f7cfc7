"""What to ask for: the worth of one more of everything, and the first ten things to ask for."""
