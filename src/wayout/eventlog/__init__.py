"""What happened, in order: an append-only log whose entries are chained by their hashes."""
