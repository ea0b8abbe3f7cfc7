"""What a user would pick instead of Wayout, each as an honest, ordinary implementation.

Every peer is given a network (a scenario as arrays) and a number of seconds, and hands back a
timetable as a ``Sheet``, or None with a reason. Nothing here is part of the package.
"""
