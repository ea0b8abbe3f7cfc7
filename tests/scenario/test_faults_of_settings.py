"""Every fault of ``scenario.toml`` is one finding: which key, what is wrong, what to do."""

from pathlib import Path

import pytest
from tests.scenario.breaking import change, found

SETTING_FAULTS = {
    "no start": (
        ("start = 2030-06-01T06:00:00+02:00", ""),
        "error F15 scenario.toml, column start: The setting start is missing. "
        "Add a line such as start = 2021-08-15T00:00:00+04:30.",
    ),
    "not a time": (
        ("2030-06-03T06:00:00+02:00", '"soon"'),
        "error F23 scenario.toml, row 14, column deadline: 'soon' is not a time. "
        "Write a time such as 2021-08-15T06:30+04:30.",
    ),
    "no offset": (
        ("2030-06-03T06:00:00+02:00", "2030-06-03T06:00:00"),
        "error F24 scenario.toml, row 14, column deadline: The time '2030-06-03T06:00' has no "
        "offset. Add the offset from UTC, as in 2021-08-15T06:30+04:30 (Z stands for +00:00).",
    ),
    "a day": (
        ("2030-06-03T06:00:00+02:00", "2030-06-03"),
        "error F24 scenario.toml, row 14, column deadline: The time '2030-06-03' has no "
        "offset. Add the offset from UTC, as in 2021-08-15T06:30+04:30 (Z stands for +00:00).",
    ),
    "a number of days": (
        ("2030-06-03T06:00:00+02:00", "2"),
        "error F23 scenario.toml, row 14, column deadline: '2' is not a time. "
        "Write a time such as 2021-08-15T06:30+04:30.",
    ),
    "start in 1021": (
        ("start = 2030", "start = 1021"),
        "error F25 scenario.toml, row 13, column start: The scenario starts in the year 1021. "
        "Correct the date.",
    ),
    "deadline in 2130": (
        ("deadline = 2030", "deadline = 2130"),
        "error F25 scenario.toml, row 14, column deadline: The time '2130-06-03T06:00+02:00' is "
        "more than five years from the scenario's start. Correct the date.",
    ),
    "not TOML": (
        ("seed = 1", "seed 1"),
        "error F28 scenario.toml, row 17: The line is not TOML: Expected '=' after a key in a "
        "key/value pair (at line 17, column 6). "
        'Write key = value; texts stand in "quotation marks", times do not.',
    ),
    "unknown key": (
        ("seed = 1", "sede = 1"),
        "error F29 scenario.toml, row 17, column sede: There is no setting 'sede'. "
        "Did you mean 'seed'?",
    ),
    "unknown priority": (
        ("III = 2", "VI = 2"),
        "error F29 scenario.toml, row 35, column weights.major.VI: There is no weights.major.VI. "
        "Did you mean 'V'?",
    ),
    "seed of words": (
        ("seed = 1", 'seed = "one"'),
        "error F30 scenario.toml, row 17, column seed: seed is 'one', which it cannot be. "
        "Write a whole number from 0 to 9223372036854775807.",
    ),
    "slot of a true": (
        ("slot_minutes = 60", "slot_minutes = true"),
        "error F30 scenario.toml, row 26, column slot_minutes: slot_minutes is 'True', which it "
        "cannot be. Write a whole number from 1 to 1440.",
    ),
    "name of a number": (
        ('name = "town"', "name = 7"),
        "error F30 scenario.toml, row 6, column name: name is '7', which it cannot be. "
        "Write a text in quotation marks.",
    ),
    "switch of a word": (
        ("emergency_seats = false", 'emergency_seats = "no"'),
        "error F30 scenario.toml, row 23, column emergency_seats: emergency_seats is 'no', which "
        "it cannot be. Write true or false.",
    ),
    "negative weight": (
        ("III = 2", "III = -2"),
        "error F30 scenario.toml, row 35, column weights.major.III: weights.major.III is '-2', "
        "which it cannot be. Write a number of 0 or more.",
    ),
    "two seeds": (
        ("seed = 1", "seed = 1\nseed = 2"),
        "error F28 scenario.toml, row 18: The line is not TOML: Cannot overwrite a value",
    ),
    "objective": (
        ('objective = "reach_safety"', 'objective = "reach_safty"'),
        "error F21 scenario.toml, row 20, column objective: 'reach_safty' is not an objective "
        "that Wayout knows. Did you mean 'reach_safety'?",
    ),
}


@pytest.mark.parametrize("name", SETTING_FAULTS)
def test_a_fault_of_a_setting_is_found(name: str, folder: Path) -> None:
    (old, new), expected = SETTING_FAULTS[name]
    change(folder, "scenario.toml", old, new)
    assert any(text.startswith(expected) for text in found(folder)), found(folder)
