"""What leaves the register: shown first, capped, marked for each recipient, and dated."""
