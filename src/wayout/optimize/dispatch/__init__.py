"""The dispatcher: an event-driven simulation that makes executable, minute-exact timetables.

It goes through the operation minute by minute. A departure with people is decided at its own
minute, when it is known who is there and which beds are free at the far end; how the vehicle came
is booked backwards from there, just in time, out of the spots, slots and hours that the time before
still has. So crowded spots are used back to back, and nobody is promised to a vehicle before they
are there. The relaxation says which of several possible departures comes first. The code runs
compiled; ``world`` holds what it reads, ``state`` what it changes.
"""
