"""Rules about times: what begins also ends, and nothing holds twice at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from wayout.clock import MINUTES_PER_DAY, text_of
from wayout.findings import Finding
from wayout.scenario.checks.rows import changes, people_rows
from wayout.scenario.checks.wording import FIRST_ROW, error, setting, warning
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target, Window


def check_deadline(scenario: Scenario) -> Iterator[Finding]:
    """S12: the deadline is after the start, the end of the accounting not before the deadline."""
    if scenario.deadline < 1:
        message = "The deadline is not after the start."
        yield setting("S12", "deadline", message, "Write a later deadline or an earlier start.")
    if scenario.end < scenario.deadline:
        message = "The end of the accounting is before the deadline."
        cure = "Write a later end, or leave it out: it is then 30 days after the deadline."
        yield setting("S12", "end", message, cure)


def check_window_ends(scenario: Scenario) -> Iterator[Finding]:
    """S13: a window or hazard ends after it begins."""
    for file, index, row in changes(scenario):
        ends = scenario.deadline if row.ends is None else row.ends
        if ends > row.begins:
            continue
        word = "window" if file == "windows.csv" else "hazard"
        blank = " (blank: the deadline)" if row.ends is None else ""
        message = (
            f"The {word} of '{row.what}' ends at {text_of(ends, scenario.start)}{blank}, "
            f"not after it begins at {text_of(row.begins, scenario.start)}."
        )
        yield error("S13", file, index, "until", message, "Correct from or until.")


def check_daily_length(scenario: Scenario) -> Iterator[Finding]:
    """S14: a daily window is no longer than a day."""
    for index, window in enumerate(scenario.windows):
        if window.repeat is not Repeat.DAILY:
            continue
        ends = scenario.deadline if window.ends is None else window.ends
        if ends - window.begins > MINUTES_PER_DAY:
            message = f"The daily window of '{window.what}' is longer than a day."
            cure = "Write the until of its first day; the window comes back until the deadline."
            yield error("S14", "windows.csv", index, "until", message, cure)


def _spans(window: Window, horizon: int) -> Iterator[tuple[int, int]]:
    """The intervals in which a window holds, as the rules of execution repeat it."""
    ends = horizon if window.ends is None else window.ends
    if ends <= window.begins:
        return
    daily = window.repeat is Repeat.DAILY and ends - window.begins <= MINUTES_PER_DAY
    shifts = range(0, horizon - window.begins + 1, MINUTES_PER_DAY) if daily else (0,)
    for shift in shifts:
        if window.begins + shift <= horizon:
            yield window.begins + shift, ends + shift


def check_overlaps(scenario: Scenario) -> Iterator[Finding]:
    """S15: at most one window of a kind holds for a target at a time (daily repeats included)."""
    spans: dict[tuple[Target, str], list[tuple[int, int, int]]] = defaultdict(list)
    for index, window in enumerate(scenario.windows):
        for begins, ends in _spans(window, scenario.deadline):
            spans[window.kind, window.what].append((begins, ends, index))
    reported: set[int] = set()
    for (kind, what), intervals in spans.items():
        last_end, last_index = -(1 << 60), -1
        for begins, ends, index in sorted(intervals):
            later = max(index, last_index)
            if begins < last_end and index != last_index and later not in reported:
                reported.add(later)
                moment = text_of(begins, scenario.start)
                message = (
                    f"Two windows of {kind} '{what}' hold at {moment}: "
                    f"this one and that of row {min(index, last_index) + FIRST_ROW}."
                )
                cure = "End one where the other begins; write one window where both hold."
                yield error("S15", "windows.csv", later, "from", message, cure)
            if ends > last_end:
                last_end, last_index = ends, index


def check_window_in_time(scenario: Scenario) -> Iterator[Finding]:
    """S16: a window holds at some time of the operation (warning)."""
    for index, window in enumerate(scenario.windows):
        after = window.begins > scenario.deadline > 0
        before = window.repeat is Repeat.NONE and window.ends is not None and window.ends <= 0
        if after or before:
            when = "begins after the deadline" if after else "ends before the start"
            message = f"The window of '{window.what}' {when} and changes nothing."
            yield warning("S16", "windows.csv", index, "from", message, "Correct it or delete it.")


def check_fleet_times(scenario: Scenario) -> Iterator[Finding]:
    """S17: a fleet leaves after it comes; it comes before the deadline (warning)."""
    for index, fleet in enumerate(scenario.fleets):
        until, begins = fleet.available_until, fleet.available_from
        if until is not None and until <= begins:
            message = (
                f"Fleet '{fleet.fleet}' is available until {text_of(until, scenario.start)}, "
                f"not after its from, {text_of(begins, scenario.start)}."
            )
            yield error("S17", "fleet.csv", index, "until", message, "Correct from or until.")
        elif begins >= scenario.deadline > 0 or (until is not None and until <= 0):
            when = "after the deadline" if begins >= scenario.deadline else "only before the start"
            message = f"Fleet '{fleet.fleet}' is available {when} and carries nobody."
            yield warning("S17", "fleet.csv", index, "from", message, "Correct it or delete it.")


def check_ready_until(scenario: Scenario) -> Iterator[Finding]:
    """S18: the last of a demand are not ready before the first."""
    for index, demand in enumerate(scenario.demand):
        if demand.ready_until is not None and demand.ready_until < demand.ready_from:
            message = f"The last of '{demand.demand}' are ready before the first."
            cure = "Correct ready_from or ready_until."
            yield error("S18", "demand.csv", index, "ready_until", message, cure)


def check_safe_by(scenario: Scenario) -> Iterator[Finding]:
    """S19: nobody has to be safe before the start, or before they are ready (warning)."""
    for file, index, row in people_rows(scenario):
        if row.safe_by is None:
            continue
        if row.safe_by <= 0:
            message = "safe_by is not after the scenario's start."
            yield error("S19", file, index, "safe_by", message, "Write a later time.")
        elif row.safe_by <= row.ready_from <= scenario.deadline:
            message = "safe_by is not after ready_from, so they cannot be saved in time."
            yield warning("S19", file, index, "safe_by", message, "Correct one of the two.")


def check_ready_from(scenario: Scenario) -> Iterator[Finding]:
    """S20: people are ready before the deadline (warning)."""
    for file, index, row in people_rows(scenario):
        if row.ready_from >= scenario.deadline > 0:
            message = "They are ready only after the deadline, so they cannot be saved in time."
            cure = "Correct ready_from, or leave the row out."
            yield warning("S20", file, index, "ready_from", message, cure)


TIME_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_deadline,
    check_window_ends,
    check_daily_length,
    check_overlaps,
    check_window_in_time,
    check_fleet_times,
    check_ready_until,
    check_safe_by,
    check_ready_from,
)
