"""What waiting costs: the outcome against the date on which the plan is put into force."""
