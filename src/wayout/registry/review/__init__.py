"""Questions to people: which pairs are worth asking, side by side, and what the answers mean."""
