"""How many people are on no list: capture-recapture over the sources, always as a range."""
