"""The settings of a scenario (``scenario.toml``): from TOML keys to values, and back."""

import math
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from wayout.clock import MINUTES_PER_DAY, text_of
from wayout.findings import Finding, Where
from wayout.scenario.cells import (
    MOST_CHARACTERS,
    check_moment,
    number_text,
    parse_time,
    ticks_within_reach,
)
from wayout.scenario.faults import Fault, Problem, one_of, quoted
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective, Policy
from wayout.scenario.tables import LARGEST, SETTINGS_FILE

END_AFTER_DEADLINE = 30 * MINUTES_PER_DAY
"""Default of ``end``: whoever is in no haven by then has been in danger for 30 more days."""

MOST_SEED = 2**63 - 1
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of ``scenario.toml`` as the reference prints it."""

    key: str
    kind: str
    default: str
    meaning: str


SETTINGS = (
    Setting("name", "text", "the folder's name", "Identifier of the scenario."),
    Setting("title", "text", "the name", "What reports are headed with."),
    Setting("start", "time", "", "Minute 0: nothing moves before it."),
    Setting("deadline", "time", "", "Who is in a haven by then is safe."),
    Setting("end", "time", "30 days after the deadline", "Until when danger is added up."),
    Setting("seed", "whole number", "0", "Seed of the draw of parties from demand."),
    Setting("description", "text", "none", "What the scenario is about."),
    Setting("objective", "text", "reach_safety", "`reach_safety` or `clear_fast`."),
    Setting("emergency_seats", "true/false", "false", "Whether emergency loading is allowed."),
    Setting("slot_minutes", "whole number", "60", "Length of the slots that capacities count in."),
    Setting("sources", "list of texts", "none", "Where the scenario is from."),
    Setting("weights.major", "numbers", "I 4, II 4, III 2, IV 2, V 1", "Weight by major priority."),
    Setting("weights.minor", "numbers", "A to E 1", "Factor of the weight by minor priority."),
)
"""Every setting, in canonical order."""

SCALARS = tuple(setting.key for setting in SETTINGS if "." not in setting.key)
REPEATED = "sources"
WEIGHTS = {"major": Policy().majors, "minor": Policy().minors}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of ``scenario.toml``; times in ticks."""

    name: str
    title: str
    start: datetime
    deadline: int
    end: int
    seed: int
    description: str
    policy: Policy
    sources: tuple[str, ...]


def parse_toml(text: str) -> tuple[dict[str, Any] | None, dict[str, int], list[Finding]]:
    """Keys of a TOML text, the line of each (dotted), and what stops it from being read."""
    try:
        return tomllib.loads(text), _lines_of_keys(text), []
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        row = int(line.group(1)) if line else text.count("\n") + 1
        message = f"The line is not TOML: {error}."
        cure = 'Write key = value; texts stand in "quotation marks", times do not.'
        problem = Problem(Fault.SYNTAX, message, cure)
        return None, {}, [problem.at(Where(SETTINGS_FILE, row))]


def _lines_of_keys(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := re.match(r"\s*\[([\w. ]+)\]", line):
            section = heading.group(1).replace(" ", "") + "."
            lines.setdefault(section[:-1], number)
        elif key := re.match(r"\s*([\w.]+)\s*=", line):
            lines.setdefault(section + key.group(1), number)
    return lines


def read_settings(
    raw: dict[str, Any], lines: dict[str, int], default_name: str
) -> tuple[Settings | None, list[Finding]]:
    """Settings, or None where start or deadline cannot be read; all faults are found."""
    reader = _Reader(raw, lines)
    reader.refuse_unknown_keys()
    start = reader.start()
    name = reader.text("name", default_name)
    title = reader.text("title", name)
    description = reader.text("description", "")
    policy, seed, sources = reader.policy(), reader.whole("seed", 0, 0, MOST_SEED), reader.sources()
    deadline = reader.tick("deadline", start)
    end = reader.tick("end", start) if "end" in raw else None
    if start is None or deadline is None:
        return None, reader.findings
    end = deadline + END_AFTER_DEADLINE if end is None else end
    found = Settings(name, title, start, deadline, end, seed, description, policy, sources)
    return found, reader.findings


class _Reader:
    """The settings while they are read."""

    def __init__(self, raw: dict[str, Any], lines: dict[str, int]) -> None:
        self.raw, self.lines = raw, lines
        self.findings: list[Finding] = []

    def report(self, key: str, problem: Problem) -> None:
        self.findings.append(problem.at(Where(SETTINGS_FILE, self.lines.get(key), key)))

    def wrong(self, key: str, value: object, cure: str) -> None:
        message = f"{key} is {quoted(str(value))}, which it cannot be."
        self.report(key, Problem(Fault.WRONG_TYPE, message, cure))

    def refuse_unknown_keys(self) -> None:
        known = [*SCALARS, "weights"]
        for key in self.raw:
            if key not in known:
                message = f"There is no setting {quoted(key)}."
                self.report(key, Problem(Fault.UNKNOWN_KEY, message, one_of(key, known)))

    def text(self, key: str, default: str) -> str:
        value = self.raw.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, value, "Write a text in quotation marks.")
            return default
        if len(value) > MOST_CHARACTERS:
            message = f"{key} has {len(value):,} characters."
            cure = f"Keep to {MOST_CHARACTERS:,} characters."
            self.report(key, Problem(Fault.TOO_LARGE, message, cure))
            return default
        return value.strip() or default

    def moment(self, key: str) -> datetime | None:
        value = self.raw.get(key)
        if value is None:
            message = f"The setting {key} is missing."
            cure = f"Add a line such as {key} = 2021-08-15T00:00:00+04:30."
            self.report(key, Problem(Fault.BLANK, message, cure))
            return None
        found = _moment(value)
        if isinstance(found, Problem):
            self.report(key, found)
            return None
        return found

    def start(self) -> datetime | None:
        moment = self.moment("start")
        if moment is None or moment.year in _YEARS:
            return moment and _fixed(moment)
        message = f"The scenario starts in the year {moment.year}."
        self.report("start", Problem(Fault.ABSURD_TIME, message, "Correct the date."))
        return None

    def tick(self, key: str, start: datetime | None) -> int | None:
        moment = self.moment(key)
        if moment is None or start is None:
            return None
        tick = ticks_within_reach(moment, moment.isoformat(timespec="minutes"), start)
        if isinstance(tick, Problem):
            self.report(key, tick)
            return None
        return tick

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self.raw.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(key, value, f"Write a whole number from {least} to {most}.")
            return default
        return value

    def policy(self) -> Policy:
        emergency = self.raw.get("emergency_seats", False)
        if not isinstance(emergency, bool):
            self.wrong("emergency_seats", emergency, "Write true or false.")
            emergency = False
        return Policy(
            objective=self.objective(),
            emergency_seats=emergency,
            slot_minutes=self.whole("slot_minutes", Policy().slot_minutes, 1, MINUTES_PER_DAY),
            majors=self.weights("major"),
            minors=self.weights("minor"),
        )

    def objective(self) -> Objective:
        value = self.raw.get("objective", Objective.REACH_SAFETY.value)
        known = {choice.value: choice for choice in Objective}
        if isinstance(value, str) and value in known:
            return known[value]
        message = f"{quoted(str(value))} is not an objective that Wayout knows."
        cure = one_of(str(value), known)
        self.report("objective", Problem(Fault.NOT_A_CHOICE, message, cure))
        return Objective.REACH_SAFETY

    def weights(self, group: str) -> dict[str, float]:
        key, weights = f"weights.{group}", dict(WEIGHTS[group])
        section = self.raw.get("weights", {})
        if not isinstance(section, dict):
            if group == "major":
                self.wrong("weights", section, "Write the sections [weights.major] and minor.")
            return weights
        if group == "major":
            self._refuse_unknown("weights", section, list(WEIGHTS))
        given = section.get(group, {})
        if not isinstance(given, dict):
            self.wrong(key, given, f"Write a section [{key}].")
            return weights
        self._refuse_unknown(key, given, list(weights))
        for name in weights.keys() & given.keys():
            if _is_weight(given[name]):
                weights[name] = float(given[name])
            else:
                self.wrong(f"{key}.{name}", given[name], "Write a number of 0 or more.")
        return weights

    def _refuse_unknown(self, section: str, given: dict[str, Any], known: list[str]) -> None:
        for name in given:
            if name not in known:
                message = f"There is no {section}.{name}."
                problem = Problem(Fault.UNKNOWN_KEY, message, one_of(name, known))
                self.report(f"{section}.{name}", problem)

    def sources(self) -> tuple[str, ...]:
        value = self.raw.get("sources", [])
        if isinstance(value, list) and all(isinstance(source, str) for source in value):
            return tuple(source.strip() for source in value if source.strip())
        self.wrong("sources", value, 'Write a list of texts: ["…", "…"].')
        return ()


def _is_weight(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= LARGEST  # type: ignore[arg-type,operator]


def _moment(value: object) -> datetime | Problem:
    if isinstance(value, datetime):
        return check_moment(value, value.isoformat(timespec="minutes"))
    if isinstance(value, date):
        return check_moment(datetime(value.year, value.month, value.day), str(value))  # noqa: DTZ001
    return parse_time(value if isinstance(value, str) else str(value))


def _fixed(moment: datetime) -> datetime:
    """The moment with a fixed offset, so that ticks never jump with summer time."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def settings_of(scenario: Scenario) -> list[tuple[str, Any]]:
    """Keys and values that differ from their defaults, in canonical order; times as text."""
    policy, start = scenario.policy, _fixed(scenario.start)
    default, plain = Policy(), scenario.deadline + END_AFTER_DEADLINE
    rows: list[tuple[str, Any, bool]] = [
        ("name", scenario.name, True),
        ("title", scenario.title, scenario.title != scenario.name),
        ("start", text_of(0, start), True),
        ("deadline", text_of(scenario.deadline, start), True),
        ("end", text_of(scenario.end, start), scenario.end != plain),
        ("seed", scenario.seed, scenario.seed != 0),
        ("description", scenario.description, bool(scenario.description)),
        ("objective", policy.objective.value, policy.objective is not default.objective),
        ("emergency_seats", policy.emergency_seats, policy.emergency_seats),
        ("slot_minutes", policy.slot_minutes, policy.slot_minutes != default.slot_minutes),
        ("sources", list(scenario.sources), bool(scenario.sources)),
    ]
    weights = (("major", policy.majors, default.majors), ("minor", policy.minors, default.minors))
    for group, given, usual in weights:
        rows += [(f"weights.{group}.{name}", given[name], given != usual) for name in sorted(given)]
    return [(key, value) for key, value, kept in rows if kept]


def toml_of(scenario: Scenario) -> str:
    """``scenario.toml`` in canonical form."""
    lines: list[str] = []
    section = ""
    for key, value in settings_of(scenario):
        heading, _, name = key.rpartition(".")
        if heading != section:
            lines += ["", f"[{heading}]"]
            section = heading
        lines.append(f"{name} = {_toml_value(name, value)}")
    return "\n".join(lines) + "\n"


def _toml_value(key: str, value: Any) -> str:
    if key in ("start", "deadline", "end"):
        return _toml_time(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[\n" + "".join(f"    {_toml_text(item)},\n" for item in value) + "]"
    return _toml_text(value) if isinstance(value, str) else number_text(value)


def _toml_time(text: str) -> str:
    """TOML wants seconds."""
    moment: datetime = datetime.fromisoformat(text)
    return moment.isoformat(timespec="seconds")


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def _escape(sign: str) -> str:
    return _ESCAPES.get(sign, f"\\u{ord(sign):04x}")


def _toml_text(text: str) -> str:
    """A basic string; several lines stand between three quotation marks."""
    escaped = re.sub(r'["\\\x00-\x09\x0b-\x1f\x7f]', lambda match: _escape(match.group()), text)
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'
