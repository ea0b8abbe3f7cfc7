"""The scenario as arrays: what the bound and the dispatcher compute with."""
