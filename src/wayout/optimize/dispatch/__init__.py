"""The dispatcher: an event-driven simulation that makes executable, minute-exact timetables.

Vehicles are booked for a whole rotation before anybody is called forward: the empty leg to the
pick-up, a spot there, the departure, seats, hours under way, beds and a spot at the far end, and
a way on from there. The relaxation only says which of several possible rotations comes first.
The code runs compiled; ``world`` holds what it reads, ``state`` what it changes.
"""
