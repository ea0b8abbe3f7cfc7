"""Simulation: a plan met by breakdowns, weather, late buses, no-shows, closures and attacks."""
