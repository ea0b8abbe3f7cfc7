"""Chapters on what other commands found about the plan: losses, asks, delay, simulation."""
