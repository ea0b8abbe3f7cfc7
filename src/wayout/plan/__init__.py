"""The plan: what is decided, whether it can be carried out, what it achieves, how it is kept."""
