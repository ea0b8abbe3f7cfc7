"""Which rows of which lists are the same person: scores with reasons, and three outcomes."""
