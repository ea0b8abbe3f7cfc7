"""``plan.pdf``: two pages for the decision, then annexes; set with typst and its own fonts."""
