"""The scenario that a planner starts from: small, complete, commented, and plannable."""

from pathlib import Path

from wayout.errors import ScenarioError
from wayout.scenario.tables import SETTINGS_FILE

_SETTINGS = '''\
# A scenario for Wayout. Change what stands here and in the tables beside it, then run
#     wayout check {name}
#     wayout plan {name}
# docs/reference/scenario.md describes every setting, every table and every column.

name = "{name}"
title = "An example: two towns, one gate, one airfield"
description = """
Replace this with the situation in two sentences: who has to get out, from where, and why now."""

# Times carry an offset from UTC. Nothing moves before the start; who is in a haven at the deadline
# is safe. Danger is added up until the end (30 days after the deadline unless it is set here).
start = 2030-06-01T06:00:00+02:00
deadline = 2030-06-03T06:00:00+02:00

# Parties are drawn from demand.csv with this seed: the same seed gives the same people.
seed = 1

# reach_safety: the least danger, added over people and hours. clear_fast: the last out earliest.
objective = "reach_safety"

# true lets vehicles carry seats_emergency people; the plan says where it did.
emergency_seats = false

# Capacities by the hour are counted in slots of this length.
slot_minutes = 60

# Where the scenario is from. Single figures have their own sources in figures.csv.
sources = ["Example figures that come with Wayout; no real operation."]

# How much a person's danger weighs, by priority (major I-V, minor A-E, as in III-D).
[weights.major]
I = 4
II = 4
III = 2
IV = 2
V = 1
'''

_TABLES = {
    "places.csv": """\
place,kind,name,lat,lon,beds,processing_per_hour
northtown,home,Northtown,34.60,69.10,,
southtown,home,Southtown,34.30,69.30,,
gate,gate,North gate,34.56,69.20,600,180
airfield,airfield,Airfield,34.57,69.21,800,
haven-near,haven,Near haven,25.12,51.31,700,
haven-far,haven,Far haven,49.44,7.60,unlimited,
""",
    "links.csv": """\
link,from,to,mode,km,minutes,people_per_hour,assisted
north-gate,northtown,gate,road,25,,,
south-gate,southtown,gate,road,40,,,
gate-airfield,gate,airfield,foot,,20,400,yes
fly-near,airfield,haven-near,air,1900,,,
fly-far,airfield,haven-far,air,5200,,,
""",
    "berths.csv": """\
berth,place,mode,spots,movements_per_hour,runway_m
ramp,airfield,air,2,6,2600
ramp-near,haven-near,air,4,12,3400
ramp-far,haven-far,air,4,12,3000
""",
    "vehicles.csv": """\
type,mode,seats,name,seats_emergency,km_per_hour,range_km,load_minutes,unload_minutes,turn_minutes,hours_per_day,runway_m,stretchers,wheelchairs,escorts
bus,road,45,Bus,,30,,20,10,,,,2,2,8
airlifter,air,170,Transport aircraft,300,720,7000,60,30,30,14,1500,20,10,8
""",
    "fleet.csv": """\
fleet,type,number,base,from,until,owner
town-buses,bus,4,gate,,,City transport
first-aircraft,airlifter,2,haven-near,2030-06-01T08:00+02:00,,Air force
""",
    "demand.csv": """\
demand,place,people,priority,sizes,stretchers_per_1000,unaccompanied_per_1000
north,northtown,people-north,III-C,1:0.3 2:0.3 4:0.3 6:0.1,5,5
south,southtown,350,V-E,1:0.5 3:0.5,,
""",
    "windows.csv": """\
kind,what,from,until,factor,repeat,reason
place,gate,2030-06-01T22:00+02:00,2030-06-02T04:00+02:00,0,daily,night
""",
    "figures.csv": """\
figure,low,likely,high,unit,as_of,source,confidence
people-north,450,600,900,people,2030-05-25,Example figure of the template,assumed
""",
}


def template_files(name: str) -> dict[str, str]:
    """The text of each file of a new scenario, by file name."""
    return {SETTINGS_FILE: _SETTINGS.replace("{name}", name), **_TABLES}


def write_template(name: str, folder: Path) -> None:
    """Write a new scenario into a folder that does not exist yet or is empty.

    Raises
    ------
    ScenarioError
        If something is in the folder already, or the name cannot be a folder's.
    """
    if not name or not all(sign.isalnum() or sign in "-_." for sign in name):
        message = f"'{name}' cannot be the name of a scenario."
        raise ScenarioError(f"{message} Use letters, digits, hyphens and underscores.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is there already and not empty."
        raise ScenarioError(f"{message} Name another folder with -o, or empty this one.")
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in template_files(name).items():
        (folder / file).write_bytes(text.encode())
