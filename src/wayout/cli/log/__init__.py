"""``wayout log``: the record of what was done, verified and kept by others."""
