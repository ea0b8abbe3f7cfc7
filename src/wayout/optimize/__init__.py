"""Planning: a certified bound, an executable timetable, a judged value."""
