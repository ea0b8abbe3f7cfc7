"""Who travels only with whom: stated by lists, joined and split by people, never by a merge."""
