"""Vehicles' duties one by one: taken out of a timetable and put back where they are worth most."""
