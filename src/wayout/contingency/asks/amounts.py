"""How much is asked for at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    """One of everything: ``beds`` people, ``staff`` people an hour, an hour and a day in minutes.

    A team that searches and registers 60 people an hour is what the bases in Europe began with in
    August 2021, before they grew to 250 (armedforcesconnect.org, 2 September 2021).
    """

    beds: int = 500
    staff: int = 60
    hour: int = 60
    day: int = 1440
