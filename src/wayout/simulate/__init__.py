"""What happens to a plan when the world does not keep to it: seeded replications."""
