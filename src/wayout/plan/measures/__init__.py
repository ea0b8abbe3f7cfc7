"""What a plan achieves and where it is tight.

measures = measure(scenario, plan)
print(measures.people_safe, measures.bottlenecks[0].what)
"""

from wayout.plan.measures.figures import (
    Bottleneck,
    CallForward,
    FleetUse,
    Late,
    LeftBehind,
    Load,
    Measures,
    Occupancy,
    OriginOutcome,
    Overstay,
    PriorityOutcome,
    SafeCurve,
    StationCeiling,
    Wait,
)
from wayout.plan.measures.measuring import measure
from wayout.plan.measures.stays import occupancy_of

__all__ = [
    "Bottleneck",
    "CallForward",
    "FleetUse",
    "Late",
    "LeftBehind",
    "Load",
    "Measures",
    "Occupancy",
    "OriginOutcome",
    "Overstay",
    "PriorityOutcome",
    "SafeCurve",
    "StationCeiling",
    "Wait",
    "measure",
    "occupancy_of",
]
