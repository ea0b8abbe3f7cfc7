"""``wayout people``: many lists in, one register that keeps families together and protects them."""
