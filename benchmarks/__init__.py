"""How good and how fast the planner is, measured on whole runs of the program."""
