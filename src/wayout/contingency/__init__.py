"""What if: what is lost with a place, a way, a fleet; what to ask for; what waiting costs."""
