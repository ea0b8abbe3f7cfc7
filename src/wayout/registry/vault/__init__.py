"""Keys: who holds which, what they seal, and how they are destroyed."""
