"""What the report says, as sentences and tables: one home for both outputs, no markup in it."""
