"""Wayout plans, runs and accounts for the evacuation of people."""

__version__ = "0.1.0"
