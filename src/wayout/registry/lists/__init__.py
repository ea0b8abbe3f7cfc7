"""Lists as they come: found out, read cell by cell, understood, and kept as they were."""
